import assert from 'node:assert/strict';
import { saysTheSame } from '../../../../core/go/repo/changed-packages.ts';
import { repoOf } from '../../../support/go.ts';

const texts: Readonly<Record<string, string>> = {
  'go.mod': 'module example.org/tally\n',
  'x/mint/types/keys.go':
    'package types\n\nimport "example.org/tally/shared"\n\nvar Key = shared.Key\n',
  'shared/keys.go': 'package shared\n\nimport "example.org/tally/deep"\n\nvar Key = deep.Key\n',
  'deep/keys.go': 'package deep\n\nconst Key = "a"\n',
  'other/other.go': 'package other\n',
};

const module = ['x/mint/types', 'x/mint/keeper'];

async function isSameWith(changes: Readonly<Record<string, string>>): Promise<boolean> {
  return saysTheSame(await repoOf({ ...texts, ...changes }), await repoOf(texts), module);
}

describe('whether packages say the same in two states', () => {
  it('is so where nothing changed, or only what they do not import', async () => {
    assert.equal(await isSameWith({}), true);
    assert.equal(await isSameWith({ 'other/other.go': 'package other\n\nvar X = 1\n' }), true);
  });

  for (const [title, changes] of [
    ['one of their files', { 'x/mint/types/keys.go': 'package types\n\nvar Key = "b"\n' }],
    ['a file that is new in them', { 'x/mint/types/more.go': 'package types\n' }],
    ['a package that is new', { 'x/mint/keeper/keeper.go': 'package keeper\n' }],
    ['what they import', { 'shared/keys.go': 'package shared\n\nvar Key = "b"\n' }],
    ['what that imports', { 'deep/keys.go': 'package deep\n\nconst Key = "b"\n' }],
  ] as const)
    it(`is not so where ${title} changed`, async () => {
      assert.equal(await isSameWith(changes), false);
    });

  it('is not so where a package is gone', async () => {
    const then = await repoOf({ ...texts, 'x/mint/keeper/keeper.go': 'package keeper\n' });
    assert.equal(saysTheSame(await repoOf(texts), then, module), false);
  });

  it('is told anew after an edit', async () => {
    const then = await repoOf(texts);
    const now = await repoOf(texts);
    assert.equal(saysTheSame(now, then, module), true);
    const edited = now.with([['deep/keys.go', 'package deep\n\nconst Key = "b"\n']]);
    assert.equal(saysTheSame(edited, then, module), false);
    assert.equal(
      saysTheSame(edited.with([['deep/keys.go', texts['deep/keys.go']]]), then, module),
      true,
    );
  });
});
