import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readChain } from '../../../core/chain/analysis.ts';
import { versionOf } from '../../../rehearse/rehearsal-input.ts';
import { modulesOf } from '../../../rehearse/state/program.ts';
import { textsIn } from '../../go/generations.ts';
import { repoOf } from '../../support/go.ts';
import { tempDir } from '../../support/temp.ts';

/** The modules of the example chain in a folder with these files, its go.mod with a line more. */
async function modulesIn(files: Readonly<Record<string, string>>, line = '', below = '') {
  const texts = new Map(textsIn('chain'));
  texts.set('go.mod', `${texts.get('go.mod')!}\n${line}\n`);
  const repo = await repoOf(Object.fromEntries(texts));
  const chain = readChain(repo);
  const version = versionOf(repo, chain, chain.apps[0]!, 'v2.0.0');
  return modulesOf(version, join(tempDir(files), below));
}

describe('the modules that read a state', () => {
  it('never change where go.mod alone names them', async () => {
    const { takesOwn, generation, gomod } = await modulesIn({});
    assert.deepEqual([takesOwn, generation], [false, '0.50']);
    assert.match(gomod, /^module example\.com\/tiny$/m);
  });

  for (const [what, files, line, below] of [
    ['a replace by a folder', {}, 'replace cosmossdk.io/store => ./store', ''],
    ['a replace by a folder above', {}, 'replace cosmossdk.io/store => ../store', ''],
    ['a vendor folder', { 'vendor/modules.txt': '# cosmossdk.io/store v1.1.0\n' }, '', ''],
    ['a workspace', { 'go.work': 'go 1.24\nuse .\n' }, '', ''],
    ['a workspace that only replaces', { 'go.work': 'replace a => ./a\n' }, '', ''],
    ['a workspace above', { 'go.work': 'use ./chain\n', 'chain/a.txt': '' }, '', 'chain'],
  ] as const)
    it(`are those of the tree with ${what}`, async () => {
      assert.equal((await modulesIn(files, line, below)).takesOwn, true);
    });
});
