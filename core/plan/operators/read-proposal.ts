import { Refusal } from '../../refusal.ts';
import type { PlanMachine } from '../machine.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Sources } from '../task.ts';
import { readNode } from './node-facts.ts';
import { textAnswer } from './place.ts';

/** Reads what a proposal needs of the machine: the files and the node that the answers name. */
export async function readProposalSources(
  _input: PlanInput,
  answers: Answers,
  { machine }: Sources,
): Promise<Partial<PlanInput>> {
  const [node, manifest, clientState] = ['node', 'manifest', 'client-state'].map(id =>
    textAnswer(answers, id),
  );
  if (!node && !manifest && !clientState) return {};
  if (!machine)
    throw new Refusal('files and nodes cannot be read here; open a trusted folder on the desktop');
  return {
    operators: {
      ...(node && { node: await readNode(machine, node) }),
      ...(manifest && { manifest: await machine.readText(manifest) }),
      ...(clientState && { clientState: await readClientState(machine, clientState) }),
    },
  };
}

async function readClientState(machine: PlanMachine, file: string): Promise<unknown> {
  const text = await machine.readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refusal(`${file} is no client state: it is no JSON`);
  }
  const type = (json as { '@type'?: unknown } | null)?.['@type'];
  if (typeof type === 'string' && type.startsWith('/')) return json;
  throw new Refusal(
    `${file} is no client state: it lacks "@type", such as ` +
      '/ibc.lightclients.tendermint.v1.ClientState',
  );
}
