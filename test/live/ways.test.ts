import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { edited } from '../support/edits.ts';
import { git, History } from '../support/git.ts';
import { projectRoot } from '../support/root.ts';
import { steady } from '../truth/record.ts';
import type { Row, Step } from '../truth/row.ts';
import { rowsOf } from '../truth/rows.ts';
import { plan, Versions, write } from '../truth/versions.ts';

const release = 'v2.0.0';
/** Every mistake of the truth table, where that is asked for; it takes a build for each. */
const all = process.env['ROWS'] === 'all';

/** What a rehearsal printed: its result, or why there is none. */
type Printed = Rehearsal | { readonly error: { readonly message: string } };

/** What two rehearsals of the same versions have to agree on; heights are each its own. */
function essence(row: Pick<Row, 'words'>, printed: Printed): object {
  if ('error' in printed) return printed;
  const { failure, compared } = printed;
  // Where a row leaves the words open, they are those of whatever came upon the mistake first.
  const isOpen = row.words.source === '.';
  const words =
    failure &&
    !isOpen &&
    steady(row as Row, failure.words).replace(/\b(expected|to|height:?) \d+/g, '$1 N');
  return {
    failure: failure && { ...failure, words },
    modules: compared.modules,
    stores: compared.stores,
    applied: compared.plan && compared.plan.applied - compared.plan.height,
  };
}

/** Numbers entries in the order of a Go map: with ten of them two runs hardly ever agree. */
const numberedByMap = {
  file: 'x/counter/migrations/v3/move.go',
  before: '\treturn kv.Set(types.CountKey, bz)\n',
  after: `\tnames := map[byte]bool{1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 7: true, 8: true, 9: true, 10: true}
\tnumber := byte(0)
\tfor name := range names {
\t\tnumber++
\t\tif err := kv.Set([]byte{'n', 'a' - 1 + name}, []byte{number}); err != nil {
\t\t\treturn err
\t\t}
\t}
\treturn kv.Set(types.CountKey, bz)
`,
};

function modeOf(printed: Printed | undefined): string | undefined {
  return printed && 'mode' in printed ? printed.mode : undefined;
}

for (const generation of askedGenerations()) {
  describe(`a rehearsal on SDK ${generation}, driven and by a validator`, function () {
    this.timeout(20 * 60_000);
    const cache = mkdtempSync(join(tmpdir(), 'chain-upgrade-ways-'));
    const chain = new GoChain(generation);
    let versions: Versions | undefined;
    before(() => {
      versions = new Versions(generation);
    });
    after(() => {
      versions?.remove();
      chain.remove();
      rmSync(cache, { recursive: true, force: true });
    });

    /** Rehearses both ways: the release with a row's mistake, where both versions have it. */
    function bothWays({ edits, where }: Pick<Row, 'edits' | 'where'>): readonly Printed[] {
      const { released, good } = versions!;
      rmSync(join(chain.dir, '.git'), { recursive: true, force: true });
      write(chain.dir, where === 'both' ? edited(released, edits) : released);
      new History(chain.dir).commit(release);
      git(chain.dir, 'commit', '-q', '--allow-empty', '-m', 'next');
      write(chain.dir, edited(good, edits));
      return [[], ['--validator']].map(way => rehearsed(chain.dir, way));
    }

    function rehearsed(dir: string, way: readonly string[] = []): Printed {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [
          join(projectRoot, 'dist/bundle/main.js'),
          ...['rehearse', '--dir', dir, '--yes', '--format', 'json', '--plan', plan],
          ...way,
        ],
        {
          encoding: 'utf8',
          env: { ...process.env, CHAIN_UPGRADE_CACHE: cache, GOTOOLCHAIN: 'local' },
        },
      );
      const printed = JSON.parse(stdout) as Printed;
      assert.ok('error' in printed || printed.compared, stderr);
      return printed;
    }

    it('passes where the upgrade is right', () => {
      const [driven, validator] = bothWays({ edits: [] });
      assert.deepEqual([driven, validator].map(modeOf), ['driven', 'validator']);
      const { failure, compared } = driven as Rehearsal;
      assert.deepEqual([failure, compared.appHash!.equal], [undefined, true]);
      assert.deepEqual(essence({ words: /./ }, driven!), essence({ words: /./ }, validator!));
    });

    // The migration of 0.47 is written otherwise, and what is compared is the same.
    if (generation !== '0.47')
      it('tells the keys in which two runs of the upgrade block differ, driven', () => {
        const [driven] = bothWays({ edits: [numberedByMap] });
        const { failure, compared } = driven as Rehearsal;
        assert.deepEqual([failure!.step, failure!.rule], ['repeat', 'nondeterministic-handler']);
        const { equal, differs } = compared.appHash!;
        assert.deepEqual(
          [equal, new Set(differs.map(({ store }) => store))],
          [false, new Set(['counter'])],
        );
        for (const { key } of differs) assert.match(key!, /^6e6[1-9a]$/);
      });

    // Builds another SDK; its trees are stored in another form, which it cannot read.
    if (all && generation === '0.50')
      it('compares the stores where the old version is on SDK 0.47', () => {
        const old = new GoChain('0.47');
        try {
          const history = new History(old.dir);
          history.commit(release);
          git(old.dir, 'rm', '-q', '-r', '--cached', '.');
          git(old.dir, 'clean', '-q', '-f', '-d');
          cpSync(versions!.next.dir, old.dir, { recursive: true });
          history.commit();
          const printed = rehearsed(old.dir);
          assert.ok('compared' in printed && !printed.failure, JSON.stringify(printed));
          const { compared } = printed;
          const changed = compared.changes.map(({ store }) => store);
          assert.ok(['counter', 'crate', 'gov', 'staking'].every(store => changed.includes(store)));
          assert.ok(compared.invariants.length > 0);
        } finally {
          old.remove();
        }
      });

    const tried = new Set<Step>();
    for (const row of rowsOf(generation).filter(({ where }) => where !== 'patch')) {
      if (!all && tried.has(row.step)) continue;
      tried.add(row.step);
      it(`says the same: ${row.mistake}`, () => {
        const [driven, validator] = bothWays(row);
        assert.deepEqual(essence(row, driven!), essence(row, validator!));
        if ('error' in driven!) return;
        assert.deepEqual([driven, validator].map(modeOf), ['driven', 'validator']);
      });
    }
  });
}
