import type { Analysis } from '../chain/analysis.ts';
import type { Chain } from '../chain/chain.ts';
import { brokenAt } from '../go/source/broken.ts';
import { locationOf } from '../go/source/location.ts';
import type { Draft } from '../plan/draft.ts';
import type { Plan } from '../plan/plan.ts';
import { writtenFiles } from '../plan/plan.ts';
import type { DeclaredChange } from '../plan/task.ts';
import { erasFault } from './declared-eras.ts';
import { guardFault } from './declared-guard.ts';
import { handlerFault } from './declared-handler.ts';
import { migrationFault } from './declared-migration.ts';
import { mountFault } from './declared-mount.ts';
import { asRenamed, renameFault } from './declared-rename.ts';
import { declaredTwice } from './declared-twice.ts';
import { upgradeFault } from './declared-upgrade.ts';
import { undeclaredChange } from './meaning.ts';

/**
 * Judges a finished draft as a whole before anything of it is shown: it was applied in memory and
 * read again, what was declared is there exactly once, with a handler, everything else means what it
 * meant, every touched file parses and no name is declared twice. Returns what is wrong, or
 * undefined.
 */
export function judge(draft: Draft, declared: readonly DeclaredChange[]): string | undefined {
  const { before, now } = draft;
  const plan = draft.toPlan();
  const renames = declared.filter(change => change.kind === 'rename');
  return (
    unparsed(draft, plan) ??
    declaredTwice(before.repo, now.repo, writtenFiles(plan)) ??
    declaredFault(before.chain, now.chain, declared) ??
    undeclaredChange(asRenamed(before.chain, renames), now.chain, declared) ??
    handlersFault(now, declared) ??
    guardsFault(before, now, declared) ??
    allErasFault(now, declared) ??
    renames.map(rename => renameFault(before, now, rename)).find(fault => fault !== undefined)
  );
}

/** A file of the plan that would not parse. */
function unparsed({ repo }: Draft, plan: Plan): string | undefined {
  for (const file of writtenFiles(plan)) {
    const facts = file.endsWith('.go') ? repo.facts(file) : undefined;
    const start = facts && brokenAt(facts);
    if (!facts || start === undefined) continue;
    return `${file} would not parse (line ${locationOf(facts, { start, end: start }).line})`;
  }
  return undefined;
}

function handlersFault(now: Analysis, declared: readonly DeclaredChange[]): string | undefined {
  for (const change of declared) {
    const fault = change.kind === 'upgrade' ? handlerFault(now, change) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function guardsFault(
  before: Analysis,
  now: Analysis,
  declared: readonly DeclaredChange[],
): string | undefined {
  for (const change of declared) {
    const fault = change.kind === 'guard' ? guardFault(before.repo, now.repo, change) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function allErasFault(now: Analysis, declared: readonly DeclaredChange[]): string | undefined {
  for (const change of declared) {
    const fault = change.kind === 'era' ? erasFault(now.repo, change) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function declaredFault(
  before: Chain,
  after: Chain,
  declared: readonly DeclaredChange[],
): string | undefined {
  for (const change of declared) {
    const fault = chainFault(before, after, change);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function chainFault(before: Chain, after: Chain, change: DeclaredChange): string | undefined {
  switch (change.kind) {
    case 'upgrade':
      return upgradeFault(before, after, change);
    case 'migration':
      return migrationFault(before, after, change);
    case 'mount':
      return mountFault(before, after, change);
    case 'guard':
    case 'era':
    case 'rename':
      return undefined;
  }
}
