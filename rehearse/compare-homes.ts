import { join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { invariantWords } from '../core/rehearse/invariants.ts';
import type { Compared } from '../core/rehearse/result.ts';
import type { ChainNode } from './chain-node.ts';
import { registeredTypes } from './chain-queries.ts';
import type { RehearseOptions } from './options.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import type { FoundOnNew } from './state/compare-states.ts';
import { compareStates } from './state/compare-states.ts';
import { buildReader } from './state/given-steps.ts';
import type { StateProgram } from './state/program.ts';
import { backendOf } from './state/recognise.ts';
import type { Steps } from './steps.ts';
import { UpgradeFailed } from './upgrade-failed.ts';

/** What is told of types only while the new version runs; a note says where it does not tell. */
export async function typesOf(
  { query }: ChainNode,
  { tell }: Pick<RehearseOptions, 'tell'>,
): Promise<ReadonlySet<string> | undefined> {
  const types = await registeredTypes(query);
  if (!types)
    tell('note: the new version does not tell which types it knows: what is pending is not judged');
  return types;
}

/**
 * The program that reads what a rehearsal without a given state has made. Undefined where it cannot
 * be built, which a note says: the upgrade itself was rehearsed by then.
 */
export async function readerFor(
  subject: Rehearsed,
  halted: string,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
): Promise<StateProgram | undefined> {
  try {
    return await buildReader(subject, backendOf(join(halted, 'data')), place, options, steps);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    options.tell(`note: the stores were not compared key by key: ${error.message}`);
    return undefined;
  }
}

/**
 * Compares the homes around an upgrade, in which no node runs any more. `found` hears of it before
 * this throws `UpgradeFailed` for a sum that does not hold any more.
 */
export async function compareHomes(
  program: StateProgram,
  homes: { readonly halted: string; readonly place: RehearsalFolder; readonly height: number },
  subject: Rehearsed,
  known: FoundOnNew,
  found: (part: Partial<Compared>) => void,
): Promise<void> {
  const { halted, place, height } = homes;
  const around = { halted, upgraded: join(place.dir, 'upgraded'), height };
  const compared = await compareStates(program, around, subject, known);
  found(compared);
  const broken = compared.invariants.find(({ ok }) => !ok);
  if (broken) throw new UpgradeFailed('states', invariantWords(broken));
}
