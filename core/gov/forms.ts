import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore } from '../sdk/generations.ts';
import { isGovAddress } from './authority.ts';
import { readCoins } from './coins.ts';

/**
 * How a chain is asked for an upgrade (docs/background/sdk.md#proposals): `v1`, messages in a file (SDK 0.46 on); `legacy`, the older
 * content (to 0.47); `command`, a command line that needs no file; `ibc`, messages with the
 * upgraded state of IBC clients (ibc-go v8, so SDK 0.50 on).
 */
export type ProposalForm = 'v1' | 'legacy' | 'command' | 'ibc';

export const proposalForms: readonly ProposalForm[] = ['v1', 'legacy', 'command', 'ibc'];

/** The plan that a chain is asked to adopt (x/upgrade/types Plan). */
export interface ProposedPlan {
  readonly name: string;
  readonly height: number;
  readonly info: string;
}

/** What is proposed, and in which form. */
export interface Proposal {
  readonly form: ProposalForm;
  /** The SDK that the network runs; null is taken for a recent one. */
  readonly generation: Generation | null;
  /** Absent where the scheduled plan is to be cancelled. */
  readonly plan?: ProposedPlan | undefined;
  readonly title: string;
  readonly summary: string;
  readonly metadata: string;
  /** Coins, such as `10000000uatom`. */
  readonly deposit: string;
  readonly expedited: boolean;
  /** The address that the upgrade module obeys; empty where a command takes the gov module's. */
  readonly authority: string;
  /** The upgraded client's state, as protobuf JSON with its `@type`; of the form `ibc`. */
  readonly clientState?: unknown;
}

const isBefore = (generation: Generation | null, other: Generation) =>
  generation !== null && generationIsBefore(generation, other);

/** The form that a generation takes best. */
export function defaultForm(generation: Generation | null): ProposalForm {
  return isBefore(generation, '0.46') ? 'command' : 'v1';
}

/** Why a proposal cannot take its form on its generation; undefined where it can. */
export function formFault({
  form,
  generation,
  expedited,
}: Pick<Proposal, 'form' | 'generation' | 'expedited'>): string | undefined {
  if (form === 'v1' && isBefore(generation, '0.46'))
    return 'messages are proposed from SDK 0.46 on; use --form command or legacy';
  if (form === 'legacy' && !isBefore(generation, '0.50'))
    return 'x/upgrade takes no legacy content from SDK 0.50 on; use --form v1';
  if (form === 'ibc' && isBefore(generation, '0.50'))
    return 'MsgIBCSoftwareUpgrade exists from ibc-go v8 (SDK 0.50) on; use another --form';
  if (!expedited) return undefined;
  if (isBefore(generation, '0.50')) return '--expedited exists from SDK 0.50 on; leave it out';
  if (form === 'command')
    return 'the command that submits an upgrade has no --expedited; use --form v1';
  return undefined;
}

/** Whether a form is a file that is submitted, rather than only a command line. */
export function isFileForm({ form, generation }: Pick<Proposal, 'form' | 'generation'>): boolean {
  return form !== 'command' && !(form === 'legacy' && isBefore(generation, '0.46'));
}

/** What is written of a proposal, as data for JSON. */
export function proposalDocument(proposal: Proposal): object {
  const { form, generation } = proposal;
  if (form === 'command') throw new Error('a command has no document');
  if (form === 'legacy' && isBefore(generation, '0.46')) return legacyMessage(proposal);
  return messageProposal(proposal, [messageOf(proposal)]);
}

/** The file that `tx gov submit-proposal FILE` takes (x/gov/client/cli/util.go). */
function messageProposal(proposal: Proposal, messages: readonly object[]): object {
  const { generation, deposit, title, summary, metadata, expedited } = proposal;
  // 0.46 has no fields for them and shows what the metadata says.
  if (isBefore(generation, '0.47'))
    return { messages, metadata: metadata || JSON.stringify({ title, summary }), deposit };
  const fields = { messages, metadata, deposit, title, summary };
  return isBefore(generation, '0.50') ? fields : { ...fields, expedited };
}

function messageOf(proposal: Proposal): object {
  const { form, plan, authority } = proposal;
  if (form === 'legacy')
    return {
      '@type': '/cosmos.gov.v1.MsgExecLegacyContent',
      content: legacyContent(proposal),
      authority,
    };
  if (!plan) return { '@type': '/cosmos.upgrade.v1beta1.MsgCancelUpgrade', authority };
  if (form === 'ibc')
    return {
      '@type': '/ibc.core.client.v1.MsgIBCSoftwareUpgrade',
      plan: planDocument(plan),
      upgraded_client_state: proposal.clientState,
      signer: authority,
    };
  return {
    '@type': '/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade',
    authority,
    plan: planDocument(plan),
  };
}

/** 64 bits are texts in protobuf JSON. The time stays away: only Go's zero time is allowed. */
function planDocument({ name, height, info }: ProposedPlan): object {
  return { name, height: String(height), info };
}

function legacyContent({ plan, title, summary }: Proposal): object {
  const texts = { title, description: summary };
  return plan
    ? {
        '@type': '/cosmos.upgrade.v1beta1.SoftwareUpgradeProposal',
        ...texts,
        plan: planDocument(plan),
      }
    : { '@type': '/cosmos.upgrade.v1beta1.CancelSoftwareUpgradeProposal', ...texts };
}

/**
 * The message that the older command makes, for wallets and contracts that send messages. The
 * proposer is whoever signs it.
 */
function legacyMessage(proposal: Proposal): object {
  const { generation, deposit } = proposal;
  const coins = readCoins(deposit) ?? [];
  if (generation !== '0.39')
    return {
      '@type': '/cosmos.gov.v1beta1.MsgSubmitProposal',
      content: legacyContent(proposal),
      initial_deposit: coins,
      proposer: '',
    };
  const { '@type': _type, ...value } = legacyContent(proposal) as { '@type': string };
  const name = proposal.plan ? 'SoftwareUpgradeProposal' : 'CancelSoftwareUpgradeProposal';
  return {
    type: 'cosmos-sdk/MsgSubmitProposal',
    value: {
      content: { type: `cosmos-sdk/${name}`, value },
      initial_deposit: coins,
      proposer: '',
    },
  };
}

/** The arguments after `tx` that submit a proposal; `file` is where its document was written. */
export function submitArguments(proposal: Proposal, file: string): string[] {
  if (isFileForm(proposal)) return ['gov', 'submit-proposal', file];
  const { generation } = proposal;
  if (isBefore(generation, '0.46')) return ['gov', 'submit-proposal', ...commandOf(proposal)];
  return isBefore(generation, '0.50')
    ? ['gov', 'submit-legacy-proposal', ...commandOf(proposal), ...notValidated(proposal)]
    : ['upgrade', ...commandOf(proposal), ...notValidated(proposal)];
}

function commandOf(proposal: Proposal): string[] {
  const { generation, plan, title, summary, metadata, deposit, authority } = proposal;
  const isNew = !isBefore(generation, '0.50');
  const texts = ['--title', title, isNew ? '--summary' : '--description', summary];
  const more = isNew && metadata !== '' ? ['--metadata', metadata] : [];
  // The command takes the gov module's, and older content is always carried out by that one.
  const whom = isNew && authority !== '' && !isGovAddress(authority) ? [authority] : [];
  const obeyed = whom.flatMap(address => ['--authority', address]);
  const last = [...texts, ...more, ...obeyed, '--deposit', deposit];
  if (!plan) return ['cancel-software-upgrade', ...last];
  // 0.39 calls it `--info`.
  const flag = generation === '0.39' ? '--info' : '--upgrade-info';
  const info = plan.info === '' ? [] : [flag, plan.info];
  const height = ['--upgrade-height', String(plan.height)];
  return ['software-upgrade', plan.name, ...height, ...info, ...last];
}

/** Without info there is nothing to validate, and the command refuses that; a cancel has no plan. */
function notValidated({ plan }: Proposal): string[] {
  return plan?.info === '' ? ['--no-validate'] : [];
}
