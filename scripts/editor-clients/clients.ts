import { join } from 'node:path';
import { projectRoot } from '../../test/support/root.ts';
import { neovim } from '../test/suites.ts';

/** An editor that the language server is tried in. */
export interface EditorClient {
  readonly name: string;
  /** How it is installed on Debian. */
  readonly install: string;
  /** A command that prints its version, and fails where something of it is missing. */
  readonly probe: readonly string[];
  /** The heading of docs/editors.md whose first block of code is the recipe that is run. */
  readonly heading: (version: string) => string;
  /** Opens the file with the recipe, and writes what is seen. */
  readonly command: readonly string[];
}

function script(name: string): string {
  return join(projectRoot, 'scripts/editor-clients', name);
}

/** Prints the versions of Emacs and of eglot, which is a package before Emacs 29. */
const eglotProbe =
  "(progn (package-initialize) (require 'eglot) (require 'go-mode) " +
  '(princ (format "Emacs %s, eglot %s" emacs-version ' +
  "(let ((found (cadr (assq 'eglot package-alist)))) " +
  '(if found (package-version-join (package-desc-version found)) "built in")))))';

/** All of them. */
export const editorClients: readonly EditorClient[] = [
  {
    name: 'Neovim',
    install: 'apt-get install --no-install-recommends neovim',
    probe: [neovim(), '--version'],
    heading: version =>
      Number(/v0\.(\d+)/.exec(version)?.[1] ?? 99) < 11 ? 'Older than 0.11' : 'Neovim',
    command: [neovim(), '--clean', '--headless', '-c', `luafile ${script('neovim.lua')}`],
  },
  {
    name: 'Emacs with eglot',
    install: 'apt-get install --no-install-recommends emacs-nox elpa-eglot elpa-go-mode',
    probe: ['emacs', '--batch', '--eval', eglotProbe],
    heading: () => 'eglot',
    command: ['emacs', '--batch', '--load', script('eglot.el')],
  },
  {
    name: 'vim with ALE',
    install: 'apt-get install --no-install-recommends vim vim-ale',
    probe: ['vim', '-Nu', script('ale-version.vim'), '-es'],
    heading: () => 'ALE',
    command: ['vim', '-Nu', script('ale.vim'), '-es'],
  },
];
