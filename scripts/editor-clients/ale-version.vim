" Prints the versions of vim and ALE; fails where ALE is not installed.
set nocompatible
try
  packadd ale
  let s:code = join(readfile(globpath(&runtimepath, 'autoload/ale.vim')), ' ')
  let s:ale = matchstr(s:code, 'current_ale_version = \[\zs[0-9, ]*')
  let s:vim = v:version / 100 . '.' . v:version % 100
  call setline(1, 'Vim ' . s:vim . ', ALE ' . substitute(s:ale, ', ', '.', 'g'))
  print
  qall!
catch
  cquit
endtry
