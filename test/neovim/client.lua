-- What a developer does in Neovim with the recipe of docs/editors.md, and what can be seen then.
-- The environment says how: CHAIN, SERVER (a JSON list), SEEN (a file for the result).
local seen = {}
local function file(path) return vim.env.CHAIN .. '/' .. path end
local function wait(what, holds)
  if not vim.wait(60000, holds, 50) then seen.missed = what; error('never: ' .. what) end
end
local function found(path)
  local buffer = vim.fn.bufnr(file(path))
  return buffer < 0 and {} or vim.diagnostic.get(buffer)
end
local function act(filter)
  local finding = found('app/keys.go')[1]
  vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
  vim.lsp.buf.code_action({ apply = true, filter = filter })
end

local function run()
  vim.lsp.config('chain_upgrade', {
    cmd = vim.json.decode(vim.env.SERVER),
    filetypes = { 'go' },
    root_markers = { 'go.mod' },
  })
  vim.lsp.enable('chain_upgrade')
  vim.cmd.edit(file('x/counter/module.go'))
  vim.bo.filetype = 'go'
  wait('a finding in a file that is not open', function() return #found('app/keys.go') > 0 end)
  local finding = found('app/keys.go')[1]
  seen.unopened = { code = finding.code, severity = finding.severity, source = finding.source }

  vim.cmd.edit(file('app/keys.go'))
  vim.bo.filetype = 'go'
  wait('the finding of the release', function() return found('app/keys.go')[1].message:find('v1.0.0', 1, true) ~= nil end)
  seen.message = found('app/keys.go')[1].message
  if vim.env.REPAIR == 'upgrade' then
    act(function(action) return action.title:find('^New Upgrade') ~= nil end)
  else
    act(function(action) return action.isPreferred end)
  end
  wait('that the finding is gone', function() return #found('app/keys.go') == 0 end)
  vim.cmd('silent wall!')

  -- Neovim tells of changes in other buffers only after a moment.
  vim.wait(500)
  local client = vim.lsp.get_clients({ name = 'chain_upgrade' })[1]
  seen.server = client.server_info.name
  client:exec_cmd({ command = 'chainUpgrade.newUpgrade', title = 'New Upgrade', arguments = { { answers = { name = 'v9' } } } },
    { bufnr = 0 }, function(err, result) seen.refused = err and err.message; seen.written = result end)
  wait('the answer of New Upgrade', function() return seen.written ~= nil or seen.refused ~= nil end)
  vim.cmd('silent wall!')
end

local ok, why = pcall(run)
seen.error = not ok and tostring(why) or nil
vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
vim.cmd('qa!')
