import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { chainsDir, filesBelow } from '../../support/chains.ts';
import { gofmtIsHere, gofmtWish } from '../../support/gofmt.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, asPatch, openChain, planIn } from '../../support/plans.ts';

const binary = `linux/amd64=https://example.com/chaind-linux-amd64#sha256:${'0123456789abcdef'.repeat(4)}`;

/**
 * What is asked of a chain: `<chain>/<what>`, the file name of the golden. Run with UPDATE=1 to
 * write the goldens anew, then review them.
 */
const asked: Record<string, Answers & { app?: string }> = {
  'list/plain': { name: 'v4' },
  'list/stores': {
    name: 'v4',
    added: ['consensus', 'berths'],
    deleted: ['quay'],
    renamed: ['tide=staking'],
  },
  'list/binary': { name: 'v4', binary: [binary] },
  'list/codename': { name: 'lighthouse' },
  'list/genesis': { name: 'v4', genesis: ['berth=skip', 'bank=again'] },
  'list/test': { name: 'v4', test: true },
  'list-oneline/plain': { name: 'v4.2.0' },
  'list-oneline/stores': { name: 'v4.2.0', added: ['beacon'] },
  'list-nostores/plain': { name: 'v0.3.0' },
  'list-nostores/stores': { name: 'v0.3.0', added: ['mosaic'] },
  'list-one-package/plain': { name: 'v1.3.0' },
  'list-one-package/stores': { name: 'v1.3.0', added: ['consensus'], deleted: ['brook'] },
  'list-one-package/binary': { name: 'v1.3.0', binary: [binary] },
  'list-one-package/test': { name: 'v1.3.0', test: true },
  'list-networks/plain': { name: 'v3' },
  'list-networks/candidate': { name: 'v3.0.0-rc0', added: ['orbit'] },
  'crlf/plain': { name: 'v2' },
  'crlf/genesis': { name: 'v2', genesis: ['ledger=skip'] },
  'crlf/stores': { name: 'v2', added: ['consensus'] },
  'nested/plain': { name: 'v1.2.0' },
  'nested/stores': { name: 'v1.2.0', added: ['consensus'] },
  'latest/plain': { name: 'v3' },
  'latest/stores': { name: 'v3', added: ['consensus'] },
  'statements/plain': { name: 'v4' },
  'statements/stores': { name: 'v4', added: ['tide'], deleted: ['flood', 'mud'] },
  'statements/binary': {
    name: 'v4',
    binary: [binary, binary.replace('linux/amd64', 'darwin/arm64')],
  },
  'statements/test': { name: 'v4', test: true },
  'statements-if/plain': { name: 'copper' },
  'statements-if/stores': { name: 'copper', added: ['smelter'] },
  'closures/plain': { name: 'v3' },
  'closures/stores': { name: 'v3', added: ['stone'] },
  'closures/patch': { name: 'v2-feature' },
  'closures/binary': { name: 'v3', binary: [binary] },
  'single/plain': { name: 'v4' },
  'single/stores': { name: 'v4', added: ['consensus'] },
  'single/binary': { name: 'v4', binary: [binary] },
  'single/genesis': { name: 'v4', genesis: ['violin=skip', 'bank=again'] },
  'single/convert': { name: 'v4', added: ['consensus'], convert: true },
  'single-inline/plain': { name: 'Bronze-Age' },
  'single-inline/stores': { name: 'bronze', deleted: ['amber'] },
  'single-inline/convert': { name: 'bronze', convert: true },
  'single-two-apps/provider': { app: 'app/provider', name: 'v8-provider' },
  'single-two-apps/consumer': { app: 'app/consumer', name: 'v5-consumer', added: ['consensus'] },
  'empty/plain': { name: 'v2' },
  'empty/stores': { name: 'v2', added: ['nap'] },
  'none/plain': { name: 'v2' },
  'none/stores': { name: 'v2', added: ['meadow'] },
  'none/binary': { name: 'v2', binary: [binary] },
  'none/migrate': { name: 'v2', migrate: ['meadow'] },
  'none/test': { name: 'v2', test: true },
  'none/codename': { name: 'Sunflower' },
  'none/number': { name: '2' },
  'forks/plain': { name: 'v2' },
  'forks/stores': { name: 'v2', added: ['clay'] },
  'old/plain': { name: 'v2' },
  'old/stores': { name: 'v2', added: ['shell'] },
  'methods/plain': { name: 'v1.6' },
  'methods/migrate': { name: 'v1.6', migrate: ['x/clay', 'glaze'] },
  'methods/stores': { name: 'v1.6', added: ['consensus'], deleted: ['kaolin'] },
  'typed/plain': { name: 'v3.0.0' },
  'typed/stores': { name: 'v3.0.0', added: ['consensus'] },
  'factory/plain': { name: 'copper' },
  'factory/stores': { name: 'copper', added: ['consensus'] },
  'registry/plain': { name: 'v1.3.0' },
  'registry/stores': { name: 'v1.3.0', added: ['consensus'] },
  'newest/plain': { name: 'v1.3.0' },
  'newest/genesis': { name: 'v1.3.0', genesis: ['apple=skip', 'bank=skip'] },
  'newest/stores': { name: 'v1.3.0', added: ['consensus'] },
  'rewritten/plain': { name: 'v3.2.0' },
  'rewritten/stores': { name: 'v3.2.0', deleted: ['quill'] },
  'router/plain': { name: 'v1.3.0' },
  'router/stores': { name: 'v1.3.0', added: ['bank'], deleted: ['track'] },
  'map/plain': { name: 'clover' },
  'map/genesis': { name: 'clover', genesis: ['petal=skip'] },
  'map/stores': { name: 'clover', added: ['bank'], renamed: ['old=staking'] },
  'local/plain': { name: 'v3' },
  'local/stores': { name: 'v3', added: ['bank'] },
  'private/plain': { name: 'v1.3' },
  'private/stores': { name: 'v1.3', added: ['bank', 'staking', 'params'], deleted: ['wheel'] },
  'side-list/plain': { name: 'v1.2' },
  'side-list/stores': { name: 'v1.2', added: ['bank'] },
  'tagged/plain': { name: 'v4' },
  'tagged/stores': { name: 'v4', added: ['bank'] },
  'tagged/testnet': { name: 'v4-rc1', list: 'testnet', added: ['bank'] },
  'name-file/plain': { name: 'v1.3.0' },
  'name-file/stores': { name: 'v1.11.0', added: ['bank'] },
  'names/plain': { name: 'v1.1.5' },
  'names/stores': { name: 'v1.3.0', added: ['bank'] },
  'functions/plain': { name: 'v4' },
  'functions/stores': { name: 'v4', added: ['bank'] },
  'own-loader/plain': { name: 'v3' },
  'own-loader/stores': { name: 'v3', added: ['bank'] },
  'computed/plain': { name: 'v6' },
  'broken/plain': { name: 'v3' },
};

/** Chains that are refused: their golden holds the reason. */
const refused = new Set(['map/genesis', 'old/stores', 'computed/plain', 'broken/plain']);

const goldens = join(chainsDir, '../goldens');
const update = process.env['UPDATE'] === '1';

describe('a new upgrade', function () {
  this.timeout(30_000);
  const written = new Set<string>();

  for (const [golden, { app, ...answers }] of Object.entries(asked)) {
    describe(golden, () => {
      let opened: Opened;
      let plan: Plan;
      before(async () => {
        opened = await openChain(golden.split('/')[0]!, app === undefined ? {} : { app });
        plan = planIn(opened, answers);
      });

      it('is what was reviewed', () => {
        const file = join(goldens, `${golden}.patch`);
        const text = asPatch(plan);
        written.add(`${golden}.patch`);
        if (update) {
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, text);
          return;
        }
        assert.ok(
          existsSync(file),
          `there is no golden ${golden}; write it with UPDATE=1 and review it`,
        );
        assert.equal(text, readFileSync(file, 'utf8'));
      });

      if (refused.has(golden)) {
        it('is refused with a reason, and nothing to write', () => assertRefused(plan));
        return;
      }

      it('is offered', () => assert.equal(plan.refused?.reason, undefined));

      it('is gofmt-clean, with the line ends of its neighbours', () => {
        for (const { file, text, before } of textsOf(plan)) {
          const crlf = golden.startsWith('crlf/');
          assert.equal(/[^\r]\n/.test(text), !crlf, `line ends of ${file}`);
          assert.equal(
            text.startsWith('\uFEFF'),
            before?.startsWith('\uFEFF') ?? false,
            `byte order mark of ${file}`,
          );
          if (gofmtIsHere && file.endsWith('.go')) assert.equal(gofmtWish(text), undefined, file);
        }
      });

      it('is refused a second time', () => assertRefused(planIn(applied(opened, plan), answers)));

      it('is the same when asked again', () => assert.deepEqual(planIn(opened, answers), plan));
    });
  }

  after(() => {
    if (!existsSync(goldens)) return;
    for (const file of filesBelow(goldens).filter(f => !f.startsWith('migration/'))) {
      if (written.has(file)) continue;
      if (update) rmSync(join(goldens, file));
      else assert.fail(`nothing is compared with the golden ${file}; UPDATE=1 removes it`);
    }
  });
});

function textsOf(plan: Plan): { file: string; text: string; before?: string }[] {
  return [
    ...plan.creates,
    ...plan.edits.map(({ file, before, after }) => ({ file, text: after, before })),
  ];
}

function assertRefused(plan: Plan): void {
  assert.ok(plan.refused, 'the plan is offered');
  assert.match(plan.refused.reason, /^\S.{10,400}$/, 'the reason is one line');
  assert.deepEqual([plan.creates, plan.edits], [[], []]);
}
