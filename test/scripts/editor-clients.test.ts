import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorClients } from '../../scripts/editor-clients/clients.ts';
import { recipeUnder } from '../../scripts/editor-clients/recipe.ts';
import { projectRoot } from '../support/root.ts';

describe('the editors that the language server is tried in', () => {
  const page = readFileSync(join(projectRoot, 'docs/editors.md'), 'utf8');

  it('take the recipe of docs/editors.md for their version', () => {
    const recipes = editorClients.map(({ name, heading }) => [name, heading('v0.7.2')]);
    assert.deepEqual(recipes, [
      ['Neovim', 'Older than 0.11'],
      ['Emacs with eglot', 'eglot'],
      ['vim with ALE', 'ALE'],
    ]);
    assert.equal(editorClients[0]!.heading('NVIM v0.11.4'), 'Neovim');
    for (const { heading } of editorClients)
      for (const version of ['v0.7.2', 'v0.11.4'])
        assert.match(recipeUnder(page, heading(version)), /chain-upgrade.*lsp.*--stdio/s);
  });

  it('say where a page has no recipe', () => {
    assert.throws(() => recipeUnder('# One\n\nno code\n# Two\n```\nx\n```\n', 'One'), /"One"/);
    assert.equal(recipeUnder('# Two\n```sh\nx\n```\n', 'Two'), 'x\n');
  });
});
