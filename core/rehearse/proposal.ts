import type { Proposal, ProposalForm } from '../gov/forms.ts';
import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore } from '../sdk/generations.ts';

/** The plan a chain is asked to adopt. */
export interface WantedPlan {
  readonly name: string;
  readonly height: number;
  readonly denom: string;
}

/**
 * The height for a plan that is proposed at `height`. Until there four commands may run (an
 * address, the proposal, and twice more where what it has to pay is only found out), then the votes
 * are counted, and some air is left. Blocks come at most as fast as they were set to. Times in
 * milliseconds.
 */
export function planHeight(
  height: number,
  {
    command,
    votes,
    block,
  }: { readonly command: number; readonly votes: number; readonly block: number },
): number {
  return height + Math.ceil((4 * command + votes + 3000) / block);
}

/**
 * How the old binary gets the plan: by messages where it takes them. 0.46 knows both ways, and its
 * messages want the older gov module's address format; the older kind works there.
 */
export function rehearsedForm(generation: Generation | null): ProposalForm {
  return generation !== null && generationIsBefore(generation, '0.47') ? 'command' : 'v1';
}

/** A rehearsal's proposal of a plan. */
export function rehearsedProposal(
  generation: Generation | null,
  { name, height, denom }: WantedPlan,
  authority: string,
): Proposal {
  return {
    form: rehearsedForm(generation),
    generation,
    plan: { name, height, info: '' },
    title: `Upgrade ${name}`,
    summary: 'A rehearsal.',
    metadata: '',
    deposit: `2${denom}`,
    expedited: false,
    authority,
  };
}
