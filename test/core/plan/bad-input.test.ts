import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readChain } from '../../../core/chain/analysis.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { pickApp } from '../../../host/commands/pick-app.ts';
import { findRoot } from '../../../host/disk/root.ts';
import { chainTexts, without } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';
import { openChain, planIn } from '../../support/plans.ts';

/** A refused plan: one line that says why, nothing to write. */
function assertRefused(
  plan: Plan,
  reason: RegExp,
  where: { file?: string; line?: number } = {},
): void {
  assert.ok(
    plan.refused,
    `offered: ${[...plan.creates, ...plan.edits].map(f => f.file).join(', ')}`,
  );
  assert.match(plan.refused.reason, reason);
  assert.doesNotMatch(
    plan.refused.reason,
    /\p{Cc}|\bat .*\.(ts|js):\d/u,
    'one line, no stack trace',
  );
  assert.deepEqual([plan.creates, plan.edits], [[], []]);
  if (where.file !== undefined)
    assert.deepEqual(
      { file: plan.refused.file, line: plan.refused.line },
      { line: undefined, ...where },
    );
}

async function planFor(
  chain: string,
  answers: Answers,
  texts: Record<string, string> = {},
): Promise<Plan> {
  return planIn(await openChain(chain, { texts }), answers);
}

/** A text of a small chain with one place changed; the place must be there once. */
function changed(chain: string, path: string, from: string, to: string): Record<string, string> {
  const text = chainTexts(chain)[path]!;
  assert.equal(text.split(from).length, 2, `${from} once in ${chain}/${path}`);
  return { [path]: text.replace(from, () => to) };
}

describe('a repository that is none', () => {
  it('without a go.mod is refused', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'none-'));
    try {
      await assert.rejects(
        findRoot(dir),
        /^Error: no go\.mod in, below or above .*: name the folder/,
      );
      await assert.rejects(findRoot(join(dir, 'missing')), /no such folder/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('that is not a Cosmos chain is refused', async () => {
    const chain = readChain(await repoOf(chainTexts('notachain')));
    assert.throws(
      () => pickApp(chain, '/repo'),
      /no Cosmos SDK app found in \/repo: name the folder/,
    );
  });

  it('with the SDK but no app is refused', async () => {
    const texts = without(chainTexts('none'), 'app/app.go');
    const chain = readChain(await repoOf(texts));
    assert.throws(() => pickApp(chain, '/repo'), /no Cosmos SDK app found/);
  });

  it('with several apps wants one to be named, and lists them', async () => {
    const chain = readChain(await repoOf(chainTexts('single-two-apps')));
    assert.throws(
      () => pickApp(chain, '/repo'),
      /several apps here, name one with --app DIR: app\/consumer, app\/provider/,
    );
    assert.throws(
      () => pickApp(chain, '/repo', 'app/nowhere'),
      /no app in "app\/nowhere".*app\/consumer, app\/provider/,
    );
    assert.equal(pickApp(chain, '/repo', './app/provider/').dir, 'app/provider');
  });
});

describe('a name that cannot be used is refused', () => {
  for (const [why, name, reason] of [
    ['empty', '', /needs a name/],
    ['registered already', 'v3', /v3 is registered already at app\/app\.go:\d+/],
    ['differing only in capitals from a registered one', 'V3', /capitals|lower-case/],
    ['a path separator', 'v4/../../v5', /path separator/],
    ['a backslash', 'v4\\v5', /path separator/],
    ['..', '..', /\.\./],
    ['.. inside', 'v4..5', /\.\./],
    ['.', '.', /\.\.|begin with a letter/],
    ['a quote', 'v4"', /quote/],
    ['a single quote', "v4'", /quote/],
    ['a backtick', 'v4`', /quote/],
    ['a newline', 'v4\nv5', /line break/],
    ['a newline at the end', 'v4\n', /line break/],
    ['a carriage return', 'v4\r', /line break|control/],
    ['a tab', 'v4\t', /control|line break/],
    ['NUL', 'v4\0', /control/],
    ['DEL', 'v4\x7f', /control/],
    ['a space', 'v4 final', /contains a space/],
    ['a no-break space', 'v4\u00a0final', /contains a space/],
    ['a device of Windows', 'con', /^plan name is a device on Windows/],
    ['one in capitals, with an extension', 'LPT9.v4', /^plan name is a device on Windows/],
    ['a command', 'main', /^plan name main would name the package or the folder of the upgrade/],
    ['a command in capitals', 'Main', /Go cannot import one of that name/],
    ['what only the folder above can import', 'internal', /Go cannot import one of that name/],
    ['what Go takes for modules', 'vendor', /Go cannot import one of that name/],
    ['what Go leaves out', 'test-data', /Go cannot import one of that name/],
    ['a keyword', 'go', /Go cannot import one of that name/],
    ['a zero-width space', 'v4\u200b', /invisible/],
    ['a direction override', 'v4\u202e5v', /invisible/],
    ['an isolate', 'v4\u2066', /invisible/],
    ['a byte order mark', '\ufeffv4', /invisible/],
    ['an Arabic letter mark', 'v4\u061c', /invisible/],
    ['a soft hyphen', 'v\u00ad4', /letter|invisible/],
    ['letters beyond ASCII', 'vé4', /letter/],
    ['a lone surrogate', 'v4\ud800', /letter|invisible/],
    ['a leading dash, which commands take for an option', '-v4', /begin with a letter/],
    ['a percent sign', 'v4%2e%2e', /letter/],
    ['$', 'v4$(id)', /letter/],
    ['300 characters', `v${'4'.repeat(299)}`, /300 characters/],
  ] as const) {
    it(why, async () => assertRefused(await planFor('list', { name }), reason));
  }

  it('is allowed to begin like a device of Windows', async () => {
    for (const name of ['console', 'com10', 'aux-2', 'mainnet', 'go-1', 'internal-2']) {
      assert.equal((await planFor('list', { name })).refused, undefined);
    }
  });

  it('absent', async () => assertRefused(await planFor('list', {}), /needs a name/));

  it('of a folder that is there already', async () => {
    assertRefused(
      await planFor('list', { name: 'v4' }, { 'app/upgrades/v4/helpers.go': 'package v4\n' }),
      /app\/upgrades\/v4/,
    );
    assertRefused(
      await planFor(
        'list-one-package',
        { name: 'v1.3.0' },
        { 'app/upgrades/v1.3.0.go': 'package upgrades\n' },
      ),
      /app\/upgrades\/v1\.3\.0\.go/,
    );
    assertRefused(
      await planFor('closures', { name: 'v3' }, { 'app/upgrades/v3/helpers.go': 'package v3\n' }),
      /app\/upgrades\/v3/,
    );
  });

  it('of an upgrade that is there but not registered', async () => {
    assertRefused(
      await planFor('list-oneline', { name: 'v4.0.0' }),
      /v4\.0\.0 exists already in app\/upgrades\/v4_0_0 but is not registered/,
    );
  });
});

describe('a name with capitals', () => {
  it('is taken, with a word on what cosmovisor makes of it', async () => {
    const plan = await planFor('list', { name: 'V4-Lambda' });
    assert.equal(plan.refused, undefined);
    assert.ok(
      plan.notes.some(note => /cosmovisor lower-cases.*upgrades\/v4-lambda/.test(note)),
      plan.notes.join('\n'),
    );
  });
});

describe('stores that cannot be changed so are refused', () => {
  for (const [why, answers, reason] of [
    ['an added store that is not mounted', { added: ['quay'] }, /mounts no store quay/],
    [
      'a misspelt one, with what may be meant',
      { added: ['berth'] },
      /mounts no store berth \(did you mean berths\?\)/,
    ],
    [
      'a constant nobody mounts',
      { added: ['github.com/cosmos/cosmos-sdk/x/gov/types.StoreKey'] },
      /mounts no store/,
    ],
    ['a memory store', { added: ['mem_berth'] }, /memory store/],
    ['the same store twice', { added: ['berths', 'berths'] }, /berths is given twice/],
    [
      'added and deleted at once',
      { added: ['berths'], deleted: ['berths'] },
      /berths is given twice/,
    ],
    ['a rename that is none', { renamed: ['berths'] }, /OLD=NEW/],
    ['a rename with three sides', { renamed: ['a=b=c'] }, /OLD=NEW/],
    ['a rename to a store that is not mounted', { renamed: ['a=b'] }, /mounts no store b/],
    ['a name that is no store name', { deleted: ['a"; drop'] }, /no store name/],
  ] as const) {
    it(why, async () => assertRefused(await planFor('list', { name: 'v4', ...answers }), reason));
  }

  it('a deleted store that the last release did not mount', async () => {
    const opened = await openChain('list');
    assertRefused(
      planIn(opened, { name: 'v4', deleted: ['stakin'] }, opened.chain),
      /last release mounts no store stakin \(did you mean staking\?\)/,
    );
  });
});

describe('binaries that cannot be downloaded so are refused', () => {
  const sum = `sha256:${'0'.repeat(64)}`;
  for (const binary of [
    'linux/amd64',
    'https://example.com/d',
    `linux/amd64=https://example.com/d`,
    `linux/amd64=ftp://example.com/d#${sum}`,
    `linux=https://example.com/d#${sum}`,
    'linux/amd64=https://example.com/d#sha256:abc',
    `linux/amd64=https://example.com/d d#${sum}`,
    `linux/amd64=https://example.com/\`#${sum}`,
  ]) {
    it(JSON.stringify(binary), async () =>
      assertRefused(
        await planFor('list', { name: 'v4', binary: [binary] }),
        /os\/arch|sha256|http|platform|URL/i,
      ),
    );
  }
});

describe('Go that cannot be extended is refused', () => {
  it('where it does not parse, with file and line', async () => {
    assertRefused(
      await planFor('broken', { name: 'v3' }),
      /^app\/upgrades\.go:14: syntax error; fix it and run again$/,
      { file: 'app/upgrades.go', line: 14 },
    );
    const text = chainTexts('single')['app/upgrades.go']!;
    const at = text.split('\n').findIndex(line => line.includes('upgradeInfo, err := ')) + 1;
    assertRefused(
      await planFor(
        'single',
        { name: 'v4' },
        changed('single', 'app/upgrades.go', 'upgradeInfo, err := ', 'upgradeInfo, err := := '),
      ),
      /^app\/upgrades\.go:\d+: syntax error/,
      { file: 'app/upgrades.go', line: at },
    );
  });

  it('where a list lacks its last comma', async () => {
    const text = chainTexts('list')['app/app.go']!;
    const line = text.split('\n').findIndex(l => l.includes('\t\tv3.Upgrade,')) + 1;
    assertRefused(
      await planFor(
        'list',
        { name: 'v4' },
        changed('list', 'app/app.go', 'v3.Upgrade,', 'v3.Upgrade'),
      ),
      /^app\/app\.go:\d+: syntax error/,
      { file: 'app/app.go', line },
    );
  });

  it('where it is generated', async () => {
    const mark = '// Code generated by wiring-gen. DO NOT EDIT.\n\n';
    assertRefused(
      await planFor(
        'latest',
        { name: 'v3' },
        { 'app/upgrades.go': mark + chainTexts('latest')['app/upgrades.go']! },
      ),
      /app\/upgrades\.go is generated/,
      { file: 'app/upgrades.go' },
    );
    assertRefused(
      await planFor(
        'list',
        { name: 'v4' },
        { 'app/app.go': mark + chainTexts('list')['app/app.go']! },
      ),
      /app\/app\.go is generated/,
      { file: 'app/app.go' },
    );
  });

  it('is no matter elsewhere', async () => {
    const plan = await planFor(
      'list',
      { name: 'v4' },
      {
        'x/berth/keeper/broken.go': 'package keeper\n\nfunc (\n',
        'tools/gen.go': '<<<<<<< HEAD\n',
      },
    );
    assert.equal(plan.refused?.reason, undefined);
  });

  it('where upgrades are registered in a way that cannot be extended yet', async () => {
    assertRefused(await planFor('computed', { name: 'v6' }), /computes the name of its plan/);
  });
});
