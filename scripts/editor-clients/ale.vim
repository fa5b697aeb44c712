" A Go file with a mistake, opened in vim with ALE and the linter of docs/editors.md, and what is
" seen. The environment says how: RECIPE, FILE, SEEN (a file for the result).
set nocompatible
let g:ale_linters = {'go': ['chain-upgrade']}
filetype plugin on

function! s:Findings() abort
  return map(copy(ale#engine#GetLoclist(bufnr(''))),
  \   {_, finding -> {'line': finding.lnum, 'text': finding.linter_name . ': ' . finding.text}})
endfunction

function! s:Seen() abort
  packadd ale
  execute 'source' fnameescape($RECIPE)
  execute 'edit' fnameescape($FILE)
  ALELint
  for l:i in range(600)
    if !empty(s:Findings()) | break | endif
    sleep 100m
  endfor
  return s:Findings()
endfunction

try
  let s:result = {'findings': s:Seen()}
catch
  let s:result = {'findings': [], 'error': v:exception . ' ' . v:throwpoint}
endtry
call writefile([json_encode(s:result)], $SEEN)
qall!
