import { analyse, readChain } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import { memoryFiles } from '../../core/files.ts';
import type { FactsCache } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { ParserAssets } from '../../core/go/syntax/parser.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { lensesOf } from '../../core/workspace/lenses.ts';
import { LintedRepo } from '../../core/workspace/linted-repo.ts';
import { chainNodes } from '../../core/workspace/view/chain-nodes.ts';
import type { ViewNode } from '../../core/workspace/view/view-node.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { appFile } from './app-file.ts';
import { baseOf } from './lint.ts';
import { wallTime } from './reading.ts';
import type { Released } from './released.ts';
import { versionsOf } from './typing.ts';

/** What an editor makes anew after each key, besides the findings. */
export interface Viewing {
  /** The lines of the view "Chain Upgrades" that are shown at first. */
  readonly viewMs: readonly number[];
  /** The lenses of app.go. */
  readonly lensesMs: readonly number[];
}

const rounds = 4;

/**
 * Types into app.go as `measureTyping` does, with the newest upgrade pending; of each key the best
 * round counts.
 */
export async function measureViewing(
  { root, released }: Released,
  assets: ParserAssets,
): Promise<Viewing> {
  const parser = await startParser(assets);
  const cache: FactsCache = new Map();
  const start = await loadRepo(diskFiles(root), parser, { cache });
  const texts = memoryFiles(Object.fromEntries(released.texts));
  const base = withoutNewest(baseOf(await loadRepo(texts, parser, { cache })));
  const file = appFile(start, readChain(start).apps[0]!.dir)!;
  const versions = versionsOf(start.texts.get(file)!);
  const best = { viewMs: versions.map(() => Infinity), lensesMs: versions.map(() => Infinity) };
  for (let round = 0; round < rounds; round++) {
    const linted = new LintedRepo(analyse(start), () => ({}));
    linted.compareWith(base);
    for (const [i, text] of versions.entries()) {
      linted.update(file, text);
      linted.lint();
      const took = (key: keyof Viewing, show: () => unknown) => {
        const before = wallTime();
        show();
        best[key][i] = Math.min(best[key][i]!, wallTime() - before);
      };
      took('viewMs', () =>
        shown(chainNodes(linted, { name: '', id: root, notCompared: undefined })),
      );
      took('lensesMs', () => lensesOf(linted, file));
    }
  }
  return best;
}

/** The lines that are open, with those below. */
function shown(nodes: readonly ViewNode[]): readonly ViewNode[] {
  return nodes.flatMap(node => [node, ...(node.open ? shown(node.children?.() ?? []) : [])]);
}

/** Whatever the checkout's release has, one upgrade is pending: that is what costs most. */
function withoutNewest(base: Baseline): Baseline {
  const apps = base.chain.apps.map(app => ({ ...app, upgrades: app.upgrades.slice(0, -1) }));
  return { ...base, chain: { ...base.chain, apps } };
}
