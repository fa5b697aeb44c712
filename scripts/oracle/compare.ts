import type { Chain } from '../../core/chain/chain.ts';
import { dirname } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { FileFacts } from '../../core/go/source/facts.ts';
import { locationOf } from '../../core/go/source/location.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import { importClosure, isForTests } from '../../core/wiring/call-sites.ts';
import { recognise } from '../../core/wiring/recognise.ts';
import type { Found, Kind, Report } from './report.ts';

/**
 * A place that only one of the two sees, and why that is right; `why` is undefined where nobody has
 * said so yet.
 */
export interface Difference {
  readonly kind: Kind;
  readonly file: string;
  readonly line: number;
  readonly only: 'oracle' | 'reader';
  readonly why: string | undefined;
}

/** What both say of one checkout. */
export interface Comparison {
  readonly counts: Readonly<Record<Kind, { readonly oracle: number; readonly reader: number }>>;
  readonly differences: readonly Difference[];
}

/** Compares what the reader holds with what the oracle sees, place by place. */
export function compare(repo: Repo, chain: Chain, report: Report): Comparison {
  const held = heldBy(repo, chain);
  const explain = explainer(repo, chain);
  const counts = {} as Record<Kind, { oracle: number; reader: number }>;
  const differences: Difference[] = [];
  for (const kind of ['upgradeHandlers', 'storeLoaders', 'storeUpgrades', 'migrations'] as const) {
    const seen = new Set(report[kind].map(at));
    const mine = held[kind];
    counts[kind] = { oracle: report[kind].length, reader: mine.size };
    for (const found of report[kind])
      if (!mine.has(at(found)))
        differences.push({
          kind,
          file: found.file,
          line: found.line,
          only: 'oracle',
          why: explain(kind, found),
        });
    for (const place of mine)
      if (!seen.has(place))
        differences.push({ kind, ...split(place), only: 'reader', why: undefined });
  }
  counts.consensusVersions = {
    oracle: report.consensusVersions.length,
    reader: chain.modules.filter(m => m.versionPlace).length,
  };
  for (const found of report.consensusVersions) {
    const own = chain.modules.filter(m => m.versionPlace && m.dir === dirname(found.file));
    const right = own.some(m => found.value < 0 || m.consensusVersion === found.value);
    if (!right)
      differences.push({
        kind: 'consensusVersions',
        file: found.file,
        line: found.line,
        only: 'oracle',
        why: explain('consensusVersions', found),
      });
  }
  for (const module of chain.modules) {
    const seen = report.consensusVersions.some(
      f => dirname(f.file) === module.dir && (f.value < 0 || f.value === module.consensusVersion),
    );
    if (module.versionPlace && !seen)
      differences.push({
        kind: 'consensusVersions',
        file: module.versionPlace.file,
        line: module.versionPlace.line,
        only: 'reader',
        why: undefined,
      });
  }
  return { counts, differences };
}

function at({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

function split(place: string): { file: string; line: number } {
  const colon = place.lastIndexOf(':');
  return { file: place.slice(0, colon), line: Number(place.slice(colon + 1)) };
}

function heldBy(repo: Repo, chain: Chain): Record<Exclude<Kind, 'consensusVersions'>, Set<string>> {
  const wirings = chain.apps.map(app => recognise({ repo: repo, dir: app.dir, type: app.type }));
  const place = ({ facts, node }: { readonly facts: FileFacts; readonly node: SyntaxNode }) =>
    at(locationOf(facts, node));
  const literals = wirings.flatMap(w =>
    w.loadings.flatMap(l => l.serves.flatMap(s => (s.stores ? [place(s.stores.literal)] : []))),
  );
  return {
    upgradeHandlers: new Set(
      wirings.flatMap(w => [...w.registrations, ...w.lists].map(r => place(r.site.call))),
    ),
    storeLoaders: new Set(wirings.flatMap(w => w.loadings.map(l => place(l.site.call)))),
    storeUpgrades: new Set([
      ...literals,
      ...chain.apps.flatMap(a =>
        a.upgrades.flatMap(u => (u.stores ? [at(u.stores.location)] : [])),
      ),
    ]),
    migrations: new Set(chain.modules.flatMap(m => m.migrations.map(g => at(g.location)))),
  };
}

/** Why a place that the oracle sees is none of the chain's, where the reader can tell. */
function explainer(repo: Repo, chain: Chain): (kind: Kind, found: Found) => string | undefined {
  const reached = new Set(chain.apps.flatMap(app => [app.dir, ...importClosure(repo, app.dir)]));
  return (kind, found) => {
    const dir = dirname(found.file);
    if (chain.unknown.some(u => u.location.file === found.file && u.location.line === found.line))
      return 'told as not understood';
    if (isForTests(dir) || repo.imports(found.file).includes('testing')) return 'test code';
    if (kind !== 'consensusVersions' && kind !== 'migrations' && !reached.has(dir))
      return 'no app imports its package';
    return undefined;
  };
}
