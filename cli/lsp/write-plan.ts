import type { CancellationToken } from 'vscode-languageserver/node.js';
import type { Plan } from '../../core/plan/plan.ts';
import type { OfferedTask } from '../../core/plan/task.ts';
import { Refusal } from '../../core/refusal.ts';
import type { OptionValues } from '../../host/commands/answers.ts';
import { planFor } from '../../host/commands/prepare.ts';
import { refusalLine } from '../../host/commands/show.ts';
import type { Chains } from './chains.ts';
import { filePath } from './documents.ts';
import type { OpenChain } from './open-chain.ts';

/** What a command that writes was given. */
interface Given {
  readonly uri: string | undefined;
  readonly app: string | undefined;
  readonly answers: OptionValues;
}

/** A plan that an editor is to apply. */
export interface EditorPlan {
  readonly chain: OpenChain;
  readonly plan: Plan;
}

/**
 * Makes the plan of New Upgrade or New Migration for what is open, with the answers that were given
 * and defaults for the others. Throws `Refusal` with one line where it cannot.
 */
export async function planInEditor(
  chains: Chains,
  task: OfferedTask,
  sent: unknown,
  token: CancellationToken,
): Promise<EditorPlan> {
  const given = readGiven(task, sent);
  // What was saved a moment ago, in documents that the editor does not tell of, counts too.
  await chains.again();
  chains.settle();
  const chain = chainFor(chains, given.uri);
  const path = given.uri === undefined ? undefined : filePath(given.uri);
  const below = path === undefined ? undefined : chain.pathOf(path);
  const app = given.app ?? (below === undefined ? undefined : chain.linted.appOf(below)?.dir);
  const base = chain.linted.options().config?.base;
  const plan = await planFor(task, chain.session, { app, base, given: given.answers });
  if (token.isCancellationRequested) throw new Refusal('it was cancelled');
  if (plan.refused) throw new Refusal(refusalLine(plan.refused));
  return { chain, plan };
}

function chainFor(chains: Chains, uri: string | undefined): OpenChain {
  const file = uri === undefined ? undefined : filePath(uri);
  const found = file === undefined ? undefined : chains.of(file)?.chain;
  const [first, ...others] = chains.all;
  if (found) return found;
  if (!first) throw new Refusal('there is no Cosmos SDK app in the open folders');
  if (uri !== undefined && others.length === 0) return first;
  if (others.length === 0) return first;
  const roots = chains.all.map(({ root }) => root).join(', ');
  throw new Refusal(`several chains are open, give the uri of a file in one of them: ${roots}`);
}

/** Reads `{ uri, app, answers }`, all of it optional. */
function readGiven(task: OfferedTask, sent: unknown): Given {
  if (sent === undefined || sent === null) return { uri: undefined, app: undefined, answers: {} };
  if (!isRecord(sent)) throw new Refusal('the argument has to be { uri, app, answers }');
  const { uri, app, answers = {}, ...others } = sent;
  const odd = Object.keys(others)[0];
  if (odd !== undefined) throw new Refusal(`unknown argument ${odd}; there are uri, app, answers`);
  if (uri !== undefined && typeof uri !== 'string') throw new Refusal('uri has to be a text');
  if (app !== undefined && typeof app !== 'string') throw new Refusal('app has to be a text');
  return { uri, app, answers: readAnswers(task, answers) };
}

/** Answers from JSON, by the ids of the questions. Throws one line where one is wrong. */
export function readAnswers(task: OfferedTask, sent: unknown): OptionValues {
  if (!isRecord(sent)) throw new Refusal('answers have to be an object, such as { "name": "v2" }');
  const ids = task.questions.map(({ id }) => id);
  for (const [id, value] of Object.entries(sent)) {
    if (!ids.includes(id))
      throw new Refusal(`there is no answer ${JSON.stringify(id)}; there are ${ids.join(', ')}`);
    const isList = Array.isArray(value) && value.every(item => typeof item === 'string');
    if (!isList && typeof value !== 'string' && typeof value !== 'boolean')
      throw new Refusal(`the answer ${id} has to be a text, a list of texts, true or false`);
  }
  return sent as OptionValues;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
