import { configFile } from '../../config-file.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Network, Networks } from '../../gov/networks.ts';
import { networksIn } from '../../gov/networks.ts';
import { Refusal } from '../../refusal.ts';
import { cosmovisorFolder } from '../../sdk/cosmovisor.ts';
import type { Draft } from '../draft.ts';
import type { Answers } from '../question.ts';

/** The folder of all operator files, at the root. */
export const operatorsFolder = 'operators';

/** The network that files are made for. */
export interface ChosenNetwork extends Network {
  /** Its chain id; undefined where none was named. */
  readonly id: string | undefined;
}

/** The networks of a repository's configuration, by chain id. */
export function networksOf({ texts }: Pick<Repo, 'texts'>): Networks {
  return networksIn(texts.get(configFile));
}

/** The network that the answers name. Throws `Refusal` where there is none of that name. */
export function chosenNetwork(repo: Pick<Repo, 'texts'>, answers: Answers): ChosenNetwork {
  const networks = networksOf(repo);
  const id = textAnswer(answers, 'network');
  if (id === '') return { id: undefined };
  const network = Object.hasOwn(networks, id) ? networks[id] : undefined;
  if (network) return { ...network, id };
  const known = Object.keys(networks);
  throw new Refusal(
    `there is no network ${id} in ${configFile}; ` +
      (known.length > 0 ? `it has ${known.join(', ')}` : 'list it under "networks"'),
  );
}

/** Where the files of a network's upgrade are; cosmovisor's name of the upgrade's folder. */
export function placeOf({ id }: ChosenNetwork, plan: string): string {
  return `${operatorsFolder}/${id ?? 'local'}/${cosmovisorFolder(plan)}`;
}

/** The address of an RPC as the SDK's commands take it, which need its port. */
export function rpcAddress(rpc: string): string {
  const url = new URL(rpc);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.protocol}//${url.hostname}:${port}${path}`;
}

/** Writes a whole file, over one that is there. */
export function writeWhole(draft: Draft, file: string, text: string): void {
  if (draft.repo.texts.has(file)) draft.texts.set(file, text);
  else draft.creates.push({ file, text });
}

/** An answer that is one text; empty where there is none. */
export function textAnswer(answers: Answers, id: string): string {
  const answer = answers[id];
  return typeof answer === 'string' ? answer.trim() : '';
}
