import { durationIn } from '../../duration.ts';
import { isAddress } from '../../gov/authority.ts';
import { readCoins } from '../../gov/coins.ts';
import { defaultForm, proposalForms } from '../../gov/forms.ts';
import type { Generation } from '../../sdk/generations.ts';
import type { Question, Verdict } from '../question.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { nodeProgram } from './daemon.ts';
import { networksOf, textAnswer } from './place.ts';
import { registeredNames } from './wanted-plan.ts';

type C = UpgradeContext;

const error = (message: string): Verdict => ({ severity: 'error', message });
const never = () => false;

/** The SDK that the network runs: that of the last release, where there is one. */
export function networkGeneration({ app, base }: Pick<C, 'app' | 'base'>): Generation | null {
  const before = base?.apps.find(({ dir }) => dir === app.dir);
  return (before ?? app).sdk.generation;
}

/** The question of the plan's name, which all operator files begin with. */
export const planQuestion: Question<C> = {
  id: 'name',
  kind: 'text',
  title: 'Plan',
  value: 'NAME',
  prompt: 'Name of the plan, as its handler is registered',
  help: 'the name of a plan that the app registers',
  default: ({ app }) => registeredNames(app).at(-1),
};

/** The questions of where files are for. */
export const placeQuestions: readonly Question<C>[] = [
  {
    id: 'unregistered',
    kind: 'confirm',
    title: 'Unregistered',
    prompt: 'Take a plan that has no handler?',
    help: 'allow a plan that the app does not register',
    when: never,
  },
  {
    id: 'network',
    kind: 'choice',
    title: 'Network',
    value: 'ID',
    prompt: 'Network that the files are for',
    help: 'a network of `networks` in .chain-upgrade.json; its files go to operators/ID',
    when: ({ repo }) => Object.keys(networksOf(repo)).length > 0,
    choices: ({ repo }) =>
      Object.entries(networksOf(repo)).map(([id, { rest }]) => ({
        value: id,
        label: id,
        ...(rest !== undefined && { detail: rest }),
      })),
    default: ({ repo }) => {
      const ids = Object.keys(networksOf(repo));
      return ids.length === 1 ? ids[0] : undefined;
    },
  },
];

/** Whether the answers name a node, which then tells what else would be asked. */
const hasNode = ({ answers }: C) => textAnswer(answers, 'node') !== '';
const isCancel = ({ answers }: C) => answers['cancel'] === true;

function needsAuthority(context: C): boolean {
  if (hasNode(context)) return false;
  const { answers, repo, app } = context;
  const generation = networkGeneration(context);
  const form = textAnswer(answers, 'form') || defaultForm(generation);
  const network = networksOf(repo)[textAnswer(answers, 'network')];
  if (form === 'command') return false;
  return !network?.authority && !network?.prefix && !nodeProgram(repo, app).prefix;
}

/** The questions of a proposal, in the order they are asked. */
export const proposalQuestions: readonly Question<C>[] = [
  planQuestion,
  {
    id: 'cancel',
    kind: 'confirm',
    title: 'Cancel',
    prompt: 'Propose to cancel the scheduled plan instead?',
    help: 'propose to cancel the plan that is scheduled',
    when: never,
  },
  ...placeQuestions,
  {
    id: 'node',
    kind: 'text',
    title: 'Node',
    value: 'URL',
    prompt: 'REST address of a node to ask for periods, deposit and block time (empty: ask none)',
    help:
      'the REST address of a node, which is asked for deposit, periods, block time and height; ' +
      'without it nothing is asked of a network',
    default: () => '',
    validate: value => nodeFault(String(value)),
  },
  {
    id: 'at',
    kind: 'text',
    title: 'Time',
    value: 'TIME',
    prompt:
      'Time of the upgrade, such as 2026-12-01T15:00:00Z (empty: as soon as a cancel vote fits in)',
    help: 'the time of the upgrade (RFC 3339), made a height by the measured block time',
    when: context =>
      hasNode(context) && !isCancel(context) && textAnswer(context.answers, 'height') === '',
    default: () => '',
    validate: value => {
      const text = String(value).trim();
      if (text === '' || readTime(text) !== undefined) return undefined;
      return error(`"${text}" is no time; write it as 2026-12-01T15:00:00Z`);
    },
  },
  {
    id: 'height',
    kind: 'text',
    title: 'Height',
    value: 'H',
    prompt: 'Height of the upgrade',
    help: 'the height of the upgrade',
    when: context => !hasNode(context) && !isCancel(context),
    validate: value =>
      readHeight(String(value)) === undefined
        ? error('the height of the upgrade has to be a positive number; give it with --height')
        : undefined,
  },
  {
    id: 'deposit',
    kind: 'text',
    title: 'Deposit',
    value: 'COIN',
    prompt: 'Deposit of the proposal, such as 10000000uatom',
    help: "the proposal's deposit (with --node by default the least that is needed)",
    when: context => !hasNode(context),
    validate: value =>
      readCoins(String(value)) === undefined
        ? error(`"${String(value)}" is no deposit; write it as 10000000uatom`)
        : undefined,
  },
  {
    id: 'authority',
    kind: 'text',
    title: 'Authority',
    value: 'ADDR',
    prompt: 'Address that the upgrade module obeys (query upgrade authority)',
    help:
      'the address that the upgrade module obeys ' +
      "(default: as the node says, else the gov module's)",
    when: needsAuthority,
    validate: value =>
      isAddress(String(value))
        ? undefined
        : error(`"${String(value)}" is no address of an account`),
  },
  {
    id: 'form',
    kind: 'choice',
    title: 'Form',
    value: 'v1|legacy|command|ibc',
    prompt: 'Form of the proposal',
    help: 'the form of the proposal (default: v1 from SDK 0.46 on, else command)',
    when: never,
    choices: () => proposalForms.map(form => ({ value: form, label: form })),
    validate: value =>
      proposalForms.some(form => form === value)
        ? undefined
        : error(
            `"${String(value)}" is no form of a proposal; it is one of ${proposalForms.join(', ')}`,
          ),
  },
  {
    id: 'client-state',
    kind: 'text',
    title: 'Client state',
    value: 'FILE',
    prompt: 'File with the upgraded client state (JSON with @type), for the form ibc',
    help: 'the upgraded state of IBC clients, as JSON with its @type (form ibc)',
    when: never,
  },
  {
    id: 'expedited',
    kind: 'confirm',
    title: 'Expedited',
    prompt: 'Make it an expedited proposal?',
    help: 'make it an expedited proposal (SDK 0.50 on)',
    when: never,
  },
  {
    id: 'info',
    kind: 'text',
    title: 'Info',
    value: 'JSON|URL',
    prompt: "The plan's info",
    help: "the plan's info (default: of the manifest beside the proposal, else UpgradeInfo of the code)",
    when: never,
  },
  {
    id: 'manifest',
    kind: 'text',
    title: 'Manifest',
    value: 'FILE',
    prompt: 'Manifest whose binaries become the info',
    help: "a manifest.json, whose binaries become the plan's info",
    when: never,
  },
  {
    id: 'title',
    kind: 'text',
    title: 'Title',
    value: 'T',
    prompt: 'Title of the proposal',
    help: "the proposal's title",
    default: ({ answers }) => defaultTitle(textAnswer(answers, 'name'), answers['cancel'] === true),
  },
  {
    id: 'summary',
    kind: 'text',
    title: 'Summary',
    value: 'S',
    prompt: 'Summary of the proposal',
    help: "the proposal's summary",
    default: ({ answers }) =>
      answers['cancel'] === true
        ? `Cancels the scheduled upgrade ${textAnswer(answers, 'name')}.`
        : `Upgrades the chain to ${textAnswer(answers, 'name')}.`,
  },
  {
    id: 'metadata',
    kind: 'text',
    title: 'Metadata',
    value: 'M',
    prompt: "The proposal's metadata, such as ipfs://CID",
    help: "the proposal's metadata, such as ipfs://CID",
    when: never,
  },
  {
    id: 'allow-cancel',
    kind: 'text',
    title: 'Time to cancel',
    value: 'DURATION',
    prompt: 'Time in which a passed proposal can still be cancelled by a vote',
    help: 'time in which a passed proposal can still be cancelled by a vote (default: 24h)',
    when: never,
    validate: value =>
      durationIn(String(value)) === undefined
        ? error(`"${String(value)}" is no duration; write it as 24h or 2d`)
        : undefined,
  },
];

function defaultTitle(name: string, isCancelled: boolean): string {
  return isCancelled ? `Cancel upgrade ${name}` : `Software upgrade ${name}`;
}

function nodeFault(text: string): Verdict | undefined {
  if (text.trim() === '' || /^https?:\/\/\S+$/.test(text.trim())) return undefined;
  return error(`"${text}" is no address of a node; write it as https://rest.example.org`);
}

/** A time of RFC 3339, with its zone, in milliseconds. */
export function readTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.test(text))
    return undefined;
  const time = Date.parse(text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(time) ? undefined : time;
}

/** A height: a positive number of 63 bits that a double holds exactly. */
export function readHeight(text: string): number | undefined {
  const height = /^\d{1,16}$/.test(text.trim()) ? Number(text) : 0;
  return Number.isSafeInteger(height) && height > 0 ? height : undefined;
}
