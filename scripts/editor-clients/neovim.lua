-- A Go file with a mistake, opened in Neovim with a recipe of docs/editors.md, and what is seen.
-- The environment says how: RECIPE, FILE, SEEN (a file for the result).
local function run()
  dofile(vim.env.RECIPE)
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
  if vim.bo.filetype ~= 'go' then vim.bo.filetype = 'go' end
  vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
  local seen = {}
  for _, finding in ipairs(vim.diagnostic.get(0)) do
    local text = finding.source .. ': ' .. finding.message
    table.insert(seen, { line = finding.lnum + 1, text = text })
  end
  return seen
end

local ok, seen = pcall(run)
local result = ok and { findings = seen } or { error = tostring(seen), findings = {} }
vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.SEEN)
vim.cmd('qa!')
