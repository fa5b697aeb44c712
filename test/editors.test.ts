import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipeUnder } from '../scripts/editor-clients/recipe.ts';
import { main } from './support/cli.ts';
import { mistakenChain } from './support/mistaken-chain.ts';
import { projectRoot } from './support/root.ts';
import { tempDir } from './support/temp.ts';

const page = readFileSync(join(projectRoot, 'docs/editors.md'), 'utf8');

describe('the errorformat of docs/editors.md', function () {
  this.timeout(60_000);

  it('leads vim to the finding', function () {
    if (spawnSync('vim', ['--version']).error) {
      console.log('      not checked: vim is not installed');
      this.skip();
    }
    const recipe = recipeUnder(page, 'Without a server');
    const { dir } = mistakenChain();
    const make = `${process.execPath}\\ ${main}\\ lint`;
    const vimrc = recipe.replace('chain-upgrade\\ lint', make);
    const out = join(tempDir({ vimrc }), 'out');
    const seen = `call writefile([json_encode(map(getqflist(), '[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text]'))], '${out}')`;
    spawnSync(
      'vim',
      ['-Nu', join(out, '../vimrc'), '-es', '-c', 'silent make!', '-c', seen, '-c', 'qa!'],
      {
        cwd: dir,
        stdio: 'ignore',
        timeout: 50_000,
      },
    );
    const [finding, ...others] = JSON.parse(readFileSync(out, 'utf8')) as unknown[][];
    assert.deepEqual(finding!.slice(0, 4), ['app/keys.go', 12, 101, 'e']);
    assert.match(String(finding![4]), /^store-not-added the store "ledger"/);
    assert.deepEqual(others, []);
  });
});
