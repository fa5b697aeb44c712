import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import type { ValueSpec } from '../source/facts.ts';
import { goNode } from './go-node.ts';
import { importedPackage } from './imported.ts';
import type { Expr } from './value.ts';
import { localDefinition } from './value.ts';

/**
 * The number of a constant that a group counts by `iota` or `iota + N`, with a written value or
 * without; undefined for every other expression.
 */
export function iotaOf(repo: Repo, expr: Expr): number | undefined {
  const here = goNode(expr).withoutParens;
  const imported = here.type === 'selector_expression' ? importedPackage(repo, here) : undefined;
  const isName = here.type === 'identifier';
  if (isName && localDefinition(here.node, here.text, here.facts.text)) return undefined;
  const dir = isName ? dirname(here.facts.path) : imported?.dir;
  const found = dir === undefined ? undefined : repo.value(dir, here.name);
  if (!found?.constant) return undefined;
  const { spec, facts } = found;
  const group = facts.consts.filter(
    ({ declaration }) => declaration.start === spec.declaration.start,
  );
  const starts = [...new Set(group.map(({ start }) => start))];
  const lineAt = (at: number) => group.filter(({ start }) => start === at);
  const position = lineAt(spec.start).findIndex(({ nameStart }) => nameStart === spec.nameStart);
  // A line without values repeats those of the one above it, each for the name in its place.
  const written = group.findLast(({ start, value }) => start <= spec.start && value !== undefined);
  const repeated = written && lineAt(written.start)[position];
  const offset = repeated && offsetOf(facts.text, repeated);
  return offset === undefined ? undefined : starts.indexOf(spec.start) + offset;
}

function offsetOf(text: string, { value }: ValueSpec): number | undefined {
  const written = value ? text.slice(value.start, value.end).replace(/^\w+\((.*)\)$/, '$1') : '';
  const [, offset] = /^iota(?:\s*\+\s*(\d+))?$/.exec(written) ?? [undefined, undefined];
  if (!/^iota\b/.test(written) || (offset === undefined && written !== 'iota')) return undefined;
  return Number(offset ?? 0);
}
