import type { GoParser, ParserAssets } from '../../core/go/syntax/parser.ts';
import { median } from './edits.ts';
import { few, measureLint } from './lint.ts';
import { measureLintMemory } from './memory.ts';
import { withRelease } from './released.ts';
import type { Target } from './targets.ts';
import { measureTyping } from './typing.ts';
import { measureVet } from './vet.ts';
import { measureViewing } from './viewing.ts';

/** What measuring needs; `vet` also measures `go vet`. */
export interface With {
  readonly assets: ParserAssets;
  readonly parser: GoParser;
  readonly vet: boolean;
}

/** Prints a figure with its limit, which it has to keep below unless `least` is set. */
export type Print = (name: string, figure: number, limit: number, least?: boolean) => void;

/**
 * Measures the lint of a target's chains, each with its baseline. Of many chains only the last is
 * typed into.
 */
export async function measureLinting(
  { name, roots }: Target,
  { assets, parser, vet }: With,
  print: Print,
): Promise<void> {
  let lintMs = 0;
  let parseMs = 0;
  let largest = 0;
  await withRelease(roots, parser, async chain => {
    const linting = await measureLint(chain, parser);
    lintMs += linting.lintMs;
    parseMs += linting.parseMs;
    largest = Math.max(largest, linting.megabytes);
  });
  if (parseMs > 0) print(`lint/${name}`, lintMs / parseMs, largest < few ? 3 : 1.5);
  await withRelease(roots.slice(-1), parser, async chain => {
    const typing = await measureTyping(chain, assets);
    const keys = [...typing.keystrokesMs].sort((a, b) => a - b);
    print(`keystroke/${name}`, median(keys) / typing.parseMs, 3);
    print(`keystroke-p95-ms/${name}`, p95(keys), 16);
    const shown = await measureViewing(chain, assets);
    print(`view-p95-ms/${name}`, p95(shown.viewMs), 50);
    print(`lenses-p95-ms/${name}`, p95(shown.lensesMs), 50);
    print(`lint-memory/${name}`, measureLintMemory(chain), 2);
    if (vet) print(`vet/${name}`, measureVet(chain) / median(keys), 50, true);
  });
}

/** What nineteen of twenty take at most. */
export function p95(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1]!;
}
