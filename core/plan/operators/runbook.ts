import type { ProposalForm } from '../../gov/forms.ts';
import { haltHeightMeaning } from '../../gov/height.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { ChosenNetwork } from './place.ts';
import { rpcAddress } from './place.ts';
import type { Service } from './service.ts';
import { commandLine } from './shell.ts';
import type { UpgradeWords } from './upgrade-facts.ts';

/** What a runbook is written from. */
export interface RunbookFacts extends UpgradeWords {
  readonly name: string;
  /** Its folder, as cosmovisor names it. */
  readonly folder: string;
  readonly network: ChosenNetwork;
  readonly service: Service;
  readonly generation: Generation | null;
  /** Null until a proposal was written. */
  readonly height: number | null;
  readonly version: string;
}

/** The form that the chain's proposals are written in, as far as the runbook has to know. */
type Submitted = Extract<ProposalForm, 'v1' | 'command'>;

/** The steps of an upgrade with this chain's own commands; they use only variables it declares. */
export function runbook(facts: RunbookFacts): string {
  const { network, service, generation, name, height } = facts;
  const isOld = generation !== null && generationIsBefore(generation, '0.46');
  const form: Submitted = isOld ? 'command' : 'v1';
  const proposalFile = form === 'v1' ? 'proposal.json' : 'proposal.sh';
  const commands = commandsOf(facts, form);
  return render('operators/runbook.md', {
    ...commands,
    name,
    id: network.id ?? '',
    chainId: network.id ?? 'CHAIN-ID',
    node: network.rpc === undefined ? 'tcp://127.0.0.1:26657' : rpcAddress(network.rpc),
    home: service.home,
    daemon: service.daemon,
    fees: `AMOUNT${network.denom ?? 'DENOM'}`,
    folder: facts.folder,
    folderWord: commandLine([`upgrades/${facts.folder}`]),
    height: height ?? 'not set yet',
    heightWord: height ?? 'HEIGHT',
    version: facts.version,
    base: facts.base,
    stores: facts.stores,
    modules: facts.modules,
    proposalFile,
    needsProposal: height === null,
    halt: haltHeightMeaning(generation),
  });
}

/** The options of every transaction. */
const txOptions = [
  ...['--from', '$KEY', '--keyring-backend', '$KEYRING', '--chain-id', '$CHAIN_ID'],
  ...['--node', '$NODE', '--home', '$DAEMON_HOME'],
  ...['--gas', '$GAS', '--gas-adjustment', '1.5', '--fees', '$FEES', '--yes'],
];

function commandsOf({ service, name }: RunbookFacts, form: Submitted): Record<string, string> {
  const { daemon } = service;
  const tx = (...words: string[]) => commandLine([daemon, 'tx', ...words, ...txOptions]);
  const query = (...words: string[]) =>
    commandLine([daemon, 'query', ...words, '--node', '$NODE', '--output', 'json']);
  const submitted = (file: 'proposal' | 'cancel') =>
    form === 'v1'
      ? tx('gov', 'submit-proposal', `${file}.json`)
      : commandLine(['sh', `${file}.sh`, '--keyring-backend', '$KEYRING', '--yes']);
  const details = `"$DETAILS [ready:${name}]"`;
  return {
    submit: submitted('proposal'),
    cancel: submitted('cancel'),
    vote: tx('gov', 'vote', '$PROPOSAL', 'yes'),
    voteCancel: tx('gov', 'vote', '$CANCEL', 'yes'),
    ready: `${commandLine([daemon, 'tx', 'staking', 'edit-validator', '--details'])} ${details} ${commandLine(txOptions)}`,
    queryProposal: query('gov', 'proposal', '$PROPOSAL'),
    queryPlan: query('upgrade', 'plan'),
    applied: query('upgrade', 'applied', name),
    status: commandLine([daemon, 'status', '--node', '$NODE']),
  };
}
