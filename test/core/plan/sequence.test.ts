import assert from 'node:assert/strict';
import { dirname } from '../../../core/files.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const binary = `linux/amd64=https://example.com/chaind#sha256:${'ab'.repeat(32)}`;

/** Two releases in a row: what the first one wrote is the second one's neighbour. */
const releases: Record<string, [string, string]> = {
  list: ['v4', 'v5'],
  'list-oneline': ['v4.2.0', 'v4.3.0'],
  'list-nostores': ['v0.3.0', 'v0.4.0'],
  'list-one-package': ['v1.3.0', 'v1.4.0'],
  'list-networks': ['v3', 'v4'],
  crlf: ['v2', 'v3'],
  nested: ['v1.2.0', 'v1.3.0'],
  latest: ['v3', 'v4'],
  statements: ['v4', 'v5'],
  'statements-if': ['copper', 'zinc'],
  closures: ['v3', 'v4'],
  single: ['v4', 'v5'],
  'single-inline': ['bronze', 'silver'],
  empty: ['v2', 'v3'],
  none: ['v2', 'v3'],
  forks: ['v2', 'v3'],
  old: ['v2', 'v3'],
  methods: ['v1.6', 'v1.7'],
  typed: ['v3.0.0', 'v4.0.0'],
  factory: ['copper', 'zinc'],
  registry: ['v1.3.0', 'v1.4.0'],
  newest: ['v1.3.0', 'v1.4.0'],
  rewritten: ['v3.2.0', 'v3.3.0'],
  router: ['v1.3.0', 'v1.4.0'],
  map: ['clover', 'dahlia'],
  local: ['v3', 'v4'],
  private: ['v1.3', 'v1.4'],
  'side-list': ['v1.2', 'v1.3'],
  tagged: ['v4', 'v5'],
  names: ['v1.3.0', 'v1.4.0'],
  'name-file': ['v1.11.0', 'v1.12.0'],
  functions: ['v4', 'v5'],
  'own-loader': ['v3', 'v4'],
};

/** Chains that register their newest upgrade alone. */
const onlyNewest = new Set([
  'list-oneline',
  'single',
  'single-inline',
  'newest',
  'rewritten',
  'own-loader',
]);

/** Chains that register an upgrade once for each network's build. */
const networks: Record<string, number> = { tagged: 2 };

describe('one upgrade after the other', function () {
  this.timeout(30_000);

  for (const [chain, names] of Object.entries(releases)) {
    it(`in ${chain}`, async () => {
      let opened = await openChain(chain);
      const before = opened.app.upgrades.filter(u => u.registered).map(u => u.name);
      for (const name of names) {
        const store = opened.app.stores.filter(s => s.kind === 'kv').at(-1)!.name!;
        const plan = planIn(opened, {
          name,
          test: true,
          binary: [binary],
          added: chain === 'old' ? [] : [store],
        });
        assert.equal(plan.refused?.reason, undefined, name);
        opened = applied(opened, plan);
        const upgrade = opened.app.upgrades.find(u => u.name === name)!;
        assert.deepEqual(
          upgrade.stores?.added.map(s => s.name) ?? [],
          chain === 'old' ? [] : [store],
        );
      }
      const after = opened.app.upgrades.filter(u => u.registered).map(u => u.name);
      const own = onlyNewest.has(chain)
        ? [names[1]]
        : [...before, ...names.flatMap(name => Array<string>(networks[chain] ?? 1).fill(name))];
      assert.deepEqual(after.sort(), own.sort());
      assert.deepEqual(declaredTwice(opened.repo), []);
    });
  }
});

/** Names that a package declares more than once: Go would not compile it. */
function declaredTwice(repo: Repo): string[] {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const path of repo.texts.keys()) {
    if (!path.endsWith('.go')) continue;
    const facts = repo.facts(path)!;
    for (const name of [
      ...facts.consts,
      ...facts.vars,
      ...facts.types,
      ...facts.funcs.filter(f => !f.receiver && f.name !== 'init' && f.name !== 'main'),
    ].map(d => d.name)) {
      const key = `${dirname(path)}.${name}`;
      if (name !== '_' && seen.has(key)) twice.push(key);
      seen.add(key);
    }
  }
  return twice;
}
