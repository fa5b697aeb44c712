import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore } from '../sdk/generations.ts';

/** The plan a chain is asked to adopt. */
export interface WantedPlan {
  readonly name: string;
  readonly height: number;
  readonly denom: string;
}

/**
 * How the old binary gets the plan: by a proposal of messages (SDK 0.47 on), or the older kind of
 * proposal, which has a command of its own.
 * 0.46 knows both, and its messages want the older gov module's address format; the older kind
 * works there.
 */
export type ProposalWay = 'messages' | 'legacy' | 'legacy-0.46';

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

/** The way for a generation; null is taken for a recent one. */
export function proposalWay(generation: Generation | null): ProposalWay {
  if (generation === '0.46') return 'legacy-0.46';
  return generation !== null && generationIsBefore(generation, '0.46') ? 'legacy' : 'messages';
}

/** The file `tx gov submit-proposal FILE` takes. `authority` is the gov module's address. */
export function proposalFile(plan: WantedPlan, authority: string): string {
  return JSON.stringify(
    {
      messages: [
        {
          '@type': '/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade',
          authority,
          plan: { name: plan.name, height: String(plan.height), info: '' },
        },
      ],
      deposit: `2${plan.denom}`,
      title: `Upgrade ${plan.name}`,
      summary: 'A rehearsal.',
      metadata: '',
    },
    null,
    2,
  );
}

/** The arguments after `tx gov` that submit the plan. */
export function submitArguments(way: ProposalWay, plan: WantedPlan, file: string): string[] {
  if (way === 'messages') return ['submit-proposal', file];
  const options = [
    '--upgrade-height',
    String(plan.height),
    '--title',
    `Upgrade ${plan.name}`,
    '--description',
    'A rehearsal.',
    '--deposit',
    `2${plan.denom}`,
  ];
  return way === 'legacy'
    ? ['submit-proposal', 'software-upgrade', plan.name, ...options]
    : ['submit-legacy-proposal', 'software-upgrade', plan.name, ...options, '--no-validate'];
}
