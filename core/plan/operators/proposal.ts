import { durationIn } from '../../duration.ts';
import { govAddress, isAddress } from '../../gov/authority.ts';
import { coinsText, readCoins } from '../../gov/coins.ts';
import type { Proposal, ProposalForm } from '../../gov/forms.ts';
import {
  defaultForm,
  formFault,
  isFileForm,
  proposalDocument,
  submitArguments,
} from '../../gov/forms.ts';
import { haltHeightMeaning } from '../../gov/height.ts';
import { textFault } from '../../gov/limits.ts';
import { Refusal } from '../../refusal.ts';
import type { Draft } from '../draft.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import { nodeProgram } from './daemon.ts';
import type { ChosenNetwork } from './place.ts';
import { chosenNetwork, placeOf, rpcAddress, textAnswer, writeWhole } from './place.ts';
import { planInfo } from './plan-info.ts';
import { networkGeneration } from './proposal-questions.ts';
import type { Schedule } from './schedule.ts';
import { cancelSchedule, upgradeSchedule } from './schedule.ts';
import { commandLine } from './shell.ts';
import { wantedPlan } from './wanted-plan.ts';

/** The steps of a proposal. Throws `Refusal` where the answers cannot be met. */
export function proposalSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const job = readJob(input, answers);
  return [
    {
      name: 'write the proposal',
      apply: draft => {
        writeProposal(draft, job);
        return [];
      },
    },
  ];
}

/** A proposal and what is to be said of it. */
interface ProposalJob {
  readonly proposal: Proposal;
  readonly schedule: Schedule;
  /** Where its file goes. */
  readonly file: string;
  /** The command line that submits it. */
  readonly submit: string;
  readonly notes: readonly string[];
}

function readJob(input: PlanInput, answers: Answers): ProposalJob {
  const { app, analysis } = input;
  const name = wantedPlan(app, answers);
  const network = chosenNetwork(analysis.repo, answers);
  const node = input.operators?.node;
  if (node && network.id !== undefined && node.chainId !== network.id)
    throw new Refusal(`the node is on ${node.chainId}, not on ${network.id}`);
  const generation =
    node?.generation ?? networkGeneration({ app, ...(input.base && { base: input.base.chain }) });
  const form = formOf(answers) ?? defaultForm(generation);
  const isCancel = answers['cancel'] === true;
  const expedited = answers['expedited'] === true;
  const fault = formFault({ form, generation, expedited });
  if (fault !== undefined) throw new Refusal(fault);
  const deposit = depositOf(input, answers, expedited);
  const asked = { expedited, deposit, notice: noticeOf(answers) };
  const schedule = isCancel
    ? cancelSchedule(node, name, asked)
    : upgradeSchedule(node, answers, asked);
  const info = isCancel ? undefined : planInfo(input, answers, placeOf(network, name), name);
  const authority = authorityOf(input, answers, network, form);
  const proposal: Proposal = {
    form,
    generation,
    plan: isCancel ? undefined : { name, height: schedule.height!, info: info!.text },
    title: textAnswer(answers, 'title'),
    summary: textAnswer(answers, 'summary'),
    metadata: textAnswer(answers, 'metadata'),
    deposit,
    expedited,
    authority: authority.address,
    clientState: form === 'ibc' ? clientStateOf(input) : undefined,
  };
  const wrong = textFault(proposal);
  if (wrong !== undefined) throw new Refusal(wrong);
  const kind = isCancel ? 'cancel' : 'proposal';
  const file = `${placeOf(network, name)}/${kind}.${isWritten(proposal) ? 'json' : 'sh'}`;
  const submit = submitLine(input, network, proposal, file);
  return {
    proposal,
    schedule,
    file,
    submit,
    notes: [
      ...schedule.notes,
      ...(info?.notes ?? []),
      ...authority.notes,
      ...formNotes(proposal),
      `submit it with: ${submit}`,
      ...(isCancel ? [] : [haltHeightMeaning(generation)]),
    ],
  };
}

/** Whether there is a document, even if what submits it is a command of its own. */
function isWritten({ form }: Proposal): boolean {
  return form !== 'command';
}

function writeProposal(
  draft: Draft,
  { proposal, schedule, file, submit, notes }: ProposalJob,
): void {
  const text = isWritten(proposal)
    ? `${JSON.stringify(proposalDocument(proposal), null, 2)}\n`
    : `#!/bin/sh\n# Options of the transaction, such as --from and --fees, follow as arguments.\nset -eu\n${submit} "$@"\n`;
  writeWhole(draft, file, text);
  for (const note of notes) draft.note(note);
  draft.proposal = {
    form: proposal.form,
    height: schedule.height,
    time: schedule.time,
    blockSeconds: schedule.blockSeconds,
    periods: schedule.periods,
    submit,
  };
}

function submitLine(
  { app, analysis }: PlanInput,
  network: ChosenNetwork,
  proposal: Proposal,
  file: string,
): string {
  const daemon = nodeProgram(analysis.repo, app).name ?? '$DAEMON';
  return commandLine([
    daemon,
    'tx',
    ...submitArguments(proposal, file),
    '--from',
    '$KEY',
    '--chain-id',
    network.id ?? '$CHAIN_ID',
    '--node',
    network.rpc === undefined ? '$NODE' : rpcAddress(network.rpc),
    '--gas',
    'auto',
    '--gas-adjustment',
    '1.5',
    '--fees',
    '$FEES',
  ]);
}

function formOf(answers: Answers): ProposalForm | undefined {
  const form = textAnswer(answers, 'form');
  return form === '' ? undefined : (form as ProposalForm);
}

function noticeOf(answers: Answers): number {
  return durationIn(textAnswer(answers, 'allow-cancel') || '24h')! / 1000;
}

function depositOf({ operators }: PlanInput, answers: Answers, expedited: boolean): string {
  const given = readCoins(textAnswer(answers, 'deposit'));
  if (given) return coinsText(given);
  const params = operators?.node?.params;
  const least = expedited ? params?.expedited?.minDeposit : params?.minDeposit;
  if (least) return coinsText(least);
  throw new Refusal(
    'the proposal needs a deposit: give it with --deposit COIN, or name a node with --node URL',
  );
}

/** Whom the upgrade module obeys, and what is to be said of that. */
function authorityOf(
  { operators, analysis, app }: PlanInput,
  answers: Answers,
  network: ChosenNetwork,
  form: ProposalForm,
): { readonly address: string; readonly notes: readonly string[] } {
  const given = textAnswer(answers, 'authority');
  const said = operators?.node?.authority;
  if (given !== '') {
    if (!isAddress(given)) throw new Refusal(`"${given}" is no address of an account`);
    const notes =
      said && said.address !== given
        ? [`${said.from} of the network name another authority: ${said.address}`]
        : [];
    return { address: given, notes };
  }
  if (said)
    return {
      address: said.address,
      notes: [`authority: ${said.address}, as ${said.from} of the network say`],
    };
  if (network.authority !== undefined) return { address: network.authority, notes: [] };
  const prefix = network.prefix ?? nodeProgram(analysis.repo, app).prefix;
  if (prefix !== undefined) {
    const address = govAddress(prefix);
    const note =
      `authority: ${address}, the gov module's; a chain may have set another: compare it with ` +
      '`query upgrade authority`';
    return { address, notes: form === 'command' ? [] : [note] };
  }
  if (form === 'command') return { address: '', notes: [] };
  throw new Refusal(
    'it is not known whom the upgrade module obeys: give the address with --authority ADDR, ' +
      'name a node with --node URL, or set the prefix of the network in .chain-upgrade.json',
  );
}

function clientStateOf({ operators }: PlanInput): unknown {
  if (operators?.clientState !== undefined) return operators.clientState;
  throw new Refusal(
    'the form ibc needs the upgraded client state; give it with --client-state FILE',
  );
}

function formNotes({ form, generation, plan, metadata }: Proposal): string[] {
  const asksFirst = form === 'command' && plan !== undefined && plan.info !== '';
  const isNew = isFileForm({ form, generation });
  return [
    ...(asksFirst && generation !== '0.45'
      ? [
          'the command downloads every binary of the info before it submits; --no-validate leaves that out',
        ]
      : []),
    ...(form === 'legacy' && !isNew
      ? [
          'the file holds the message that the command makes, for wallets and contracts that send messages; fill in the proposer',
        ]
      : []),
    ...(generation === '0.46' && form === 'v1' && metadata !== ''
      ? ['SDK 0.46 has no title and summary besides the metadata that was given: put them there']
      : []),
  ];
}
