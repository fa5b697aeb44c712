import assert from 'node:assert/strict';
import { memoryFiles } from '../../core/files.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { Refusal } from '../../core/refusal.ts';
import { loadAssets } from '../../host/disk/assets.ts';
import { ownChecks } from '../../rehearse/own-checks.ts';

const repoOf = async (texts: Record<string, string>) =>
  loadRepo(memoryFiles(texts), await startParser(await loadAssets()));

describe('the checks of a repository', () => {
  it('are those of the plan, and none without a file', async () => {
    const entry = '{ "name": "a", "store": "bank", "key": "00", "expect": "same" }';
    const repo = await repoOf({
      'upgrades.checks/v2.json': `{ "checks": [${entry}] }`,
      'upgrades.checks/a%2Fb.json': `{ "checks": [${entry}, ${entry.replace('"a"', '"b"')}] }`,
    });
    assert.deepEqual(
      ['v2', 'a/b', 'v3'].map(plan => ownChecks(repo, plan).map(({ name }) => name)),
      [['a'], ['a', 'b'], []],
    );
  });

  it('are refused with file, line and what is allowed', async () => {
    const repo = await repoOf({
      'upgrades.checks/v2.json': '{\n"checks": [\n{},\n5\n]\n}',
    });
    assert.throws(
      () => ownChecks(repo, 'v2'),
      (error: unknown) =>
        error instanceof Refusal &&
        /^upgrades\.checks\/v2\.json:3: "name" .* \(wrong too: lines 4\)$/.test(error.message),
    );
  });
});
