import assert from 'node:assert/strict';
import { readChain } from '../core/chain/analysis.ts';
import type { App, Chain, StoreName } from '../core/chain/chain.ts';
import { brokenAt } from '../core/go/source/broken.ts';
import { chainExpected, chainNames, chainTexts } from './support/chains.ts';
import { factsOf, repoOf } from './support/go.ts';
import { gofmtIsHere, gofmtWish, withoutGofmt } from './support/gofmt.ts';

/** What an expected.json says of a chain; a part that is absent is not compared. */
interface Expected {
  apps: ExpectedApp[];
  modules?: unknown[];
  /** The files in which something is reported as not understood; none where absent. */
  unknown?: string[];
}

interface ExpectedApp {
  dir: string;
  sdk: { version: string; generation: string };
  registration?: string[];
  storeStyle?: string[];
  /** In the order of registration, then those that nothing registers. */
  upgrades?: {
    name: string | null;
    package: string;
    registered: boolean;
    added?: string[];
    deleted?: string[];
  }[];
  /** Names by kind. */
  stores: Record<string, string[]>;
}

describe('a small chain', function () {
  this.timeout(30_000);

  for (const chainName of chainNames) {
    it(`is read as a person reads it: ${chainName}`, async () => {
      const expected = chainExpected(chainName) as Expected;
      const chain = readChain(await repoOf(chainTexts(chainName)));
      assert.deepEqual(
        chain.apps.map((app, i) => seenOf(app, expected.apps[i])),
        expected.apps,
      );
      if (expected.modules)
        assert.deepEqual(
          chain.modules.map(({ name, dir, consensusVersion, migrations }) => ({
            name,
            dir,
            consensusVersion,
            migrations: migrations.map(m => m.from),
          })),
          expected.modules,
        );
      assert.deepEqual(unknownIn(chain), expected.unknown ?? []);
    });
  }
});

/** An app in the words of expected.json, without the parts these leave out. */
function seenOf(app: App, expected: ExpectedApp | undefined): ExpectedApp {
  const stores: Record<string, string[]> = {};
  for (const store of app.stores) {
    const ofKind = stores[store.kind] ?? [];
    ofKind.push(store.name ?? `?${store.const}`);
    stores[store.kind] = ofKind;
  }
  return {
    dir: app.dir,
    sdk: { version: app.sdk.version ?? 'none', generation: app.sdk.generation ?? 'none' },
    ...(expected?.registration && { registration: [...app.registration] }),
    ...(expected?.storeStyle && { storeStyle: [...app.storeStyle] }),
    ...(expected?.upgrades && {
      upgrades: app.upgrades.map(u => ({
        name: u.name,
        package: u.package,
        registered: u.registered,
        ...(u.stores?.added.length && { added: namesOf(u.stores.added) }),
        ...(u.stores?.deleted.length && { deleted: namesOf(u.stores.deleted) }),
      })),
    }),
    stores: inOrderOf(stores, expected?.stores),
  };
}

function namesOf(stores: readonly StoreName[]): string[] {
  return stores.map(store => store.name ?? `?${store.const}`);
}

/** Stores of a depinject app have no order of their own. */
function inOrderOf(
  stores: Record<string, string[]>,
  expected: Record<string, string[]> = {},
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(stores).map(([kind, names]) => {
      const order = expected[kind] ?? [];
      return [
        kind,
        [...order.filter(n => names.includes(n)), ...names.filter(n => !order.includes(n))],
      ];
    }),
  );
}

/** The files in which something was not understood. */
function unknownIn(chain: Chain): string[] {
  return [...new Set(chain.unknown.map(({ location }) => location.file))];
}

describe('the small chains', function () {
  this.timeout(60_000);

  it('parse, all but the broken one', () => {
    for (const name of chainNames) {
      for (const [path, text] of Object.entries(chainTexts(name))) {
        if (!path.endsWith('.go')) continue;
        const broken = brokenAt(factsOf(text, path));
        assert.equal(
          broken === undefined ? undefined : `${name}/${path}`,
          name === 'broken' && path === 'app/upgrades.go' ? 'broken/app/upgrades.go' : undefined,
        );
      }
    }
  });

  it('are gofmt-clean', () => {
    if (!gofmtIsHere) {
      console.log(`      ${withoutGofmt}`);
      return;
    }
    for (const name of chainNames) {
      for (const [path, text] of Object.entries(chainTexts(name))) {
        if (path.endsWith('.go') && `${name}/${path}` !== 'broken/app/upgrades.go')
          assert.equal(gofmtWish(text), undefined, `${name}/${path}`);
      }
    }
  });

  it('keep their line ends: CRLF and a byte order mark in crlf, and nowhere else', () => {
    for (const name of chainNames) {
      for (const [path, text] of Object.entries(chainTexts(name))) {
        assert.equal(
          /\r\n/.test(text) && !/[^\r]\n/.test(text),
          name === 'crlf',
          `${name}/${path}`,
        );
        assert.equal(
          text.startsWith('\uFEFF'),
          `${name}/${path}` === 'crlf/app/app.go',
          `${name}/${path}`,
        );
      }
    }
  });
});
