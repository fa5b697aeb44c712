import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { govAddress } from '../core/gov/authority.ts';
import { prefixOf } from '../core/gov/bech32.ts';
import { isFileForm, proposalDocument, submitArguments } from '../core/gov/forms.ts';
import { Refusal } from '../core/refusal.ts';
import { lacksFee, nextFee } from '../core/rehearse/fees.ts';
import { lastWords } from '../core/rehearse/log.ts';
import type { WantedPlan } from '../core/rehearse/proposal.ts';
import { rehearsedForm, rehearsedProposal } from '../core/rehearse/proposal.ts';
import type { Generation } from '../core/sdk/generations.ts';
import type { ChainNode, TxResult } from './chain-node.ts';
import type { DaemonCommands } from './daemon-commands.ts';
import type { Home } from './home.ts';
import { chainId, validator } from './home.ts';

const gas = 1_000_000;

/**
 * Sends the chain's transactions, each checked in its block: a proposal that nobody votes for is
 * silent.
 */
export class Proposer {
  private readonly commands: DaemonCommands;
  private readonly home: Home;
  private readonly node: ChainNode;
  /** What the user said that each transaction pays. */
  private readonly given: string | undefined;
  /** What was found out that it has to pay. */
  private paid: bigint | undefined;

  constructor(commands: DaemonCommands, home: Home, node: ChainNode, fees: string | undefined) {
    this.commands = commands;
    this.home = home;
    this.node = node;
    this.given = fees;
  }

  async submit(generation: Generation | null, plan: Omit<WantedPlan, 'denom'>): Promise<void> {
    const file = join(this.commands.home, 'proposal.json');
    const wanted = { ...plan, denom: this.home.denom };
    const isFile = isFileForm({ form: rehearsedForm(generation), generation });
    const authority = isFile ? await this.authority() : '';
    const proposal = rehearsedProposal(generation, wanted, authority);
    if (isFile) writeFileSync(file, JSON.stringify(proposalDocument(proposal), null, 2));
    await this.send('submitting the proposal', submitArguments(proposal, file));
  }

  /** Votes, and lets the time pass that the vote is open. */
  async vote(): Promise<void> {
    await this.send('voting', ['gov', 'vote', this.home.proposal, 'yes']);
    this.node.pass(this.home.voteSeconds * 1000);
  }

  /**
   * Lets a command of the user's own propose and pass the plan: for chains whose authority is not
   * gov.
   */
  async byCommand(command: string, cwd: string, plan: string, height: number): Promise<void> {
    const more = {
      PLAN_NAME: plan,
      PLAN_HEIGHT: String(height),
      NODE: `tcp://127.0.0.1:${this.home.ports.rpc}`,
      NODE_HOME: this.commands.home,
      CHAIN_ID: chainId,
      DAEMON: this.commands.binary,
    };
    const { code, out, err } = await this.commands.shell(command, cwd, more);
    if (code !== 0)
      throw new Refusal(
        `--propose ${JSON.stringify(command)} failed: ` +
          `${lastWords(err || out) ?? 'it said nothing'}`,
      );
  }

  /** What became of the proposal, in the chain's words. */
  async status(): Promise<string | undefined> {
    const { out, code } = await this.commands.try(
      'query',
      'gov',
      'proposal',
      this.home.proposal,
      '--output',
      'json',
      ...this.atNode(),
    );
    return code === 0 ? /"status"\s*:\s*"([^"]+)"/.exec(out)?.[1] : undefined;
  }

  /** The gov module's address, with the prefix the chain writes its own with. */
  private async authority(): Promise<string> {
    const { out } = await this.commands.must(
      'asking for an address',
      'keys',
      'show',
      validator,
      '--address',
      '--keyring-backend',
      'test',
    );
    return govAddress(prefixOf(out.trim()));
  }

  private async send(what: string, args: readonly string[]): Promise<void> {
    const sent = await this.broadcast(args);
    const { problem = '' } = sent;
    const poor = lacksFee(problem);
    const more = poor && this.given === undefined ? nextFee(problem, gas, this.paid) : undefined;
    if (more !== undefined) {
      this.paid = more;
      return this.send(what, args);
    }
    if (sent.problem)
      throw new Refusal(`${what} failed: ${sent.problem}${poor ? '; pass --fees COIN' : ''}`);
    const result = await this.resultOf(sent.hash!);
    if (!result) throw new Refusal(`${what} failed: ${this.whyNotInBlock()}`);
    if (result.code !== 0) throw new Refusal(`${what} failed: ${result.log}`);
  }

  /** What a transaction came to in its block; undefined where it came into none. */
  private async resultOf(hash: string): Promise<TxResult | undefined> {
    let result: TxResult | undefined;
    const found = async () => {
      result = await this.node.tx(hash);
      return result !== undefined;
    };
    return (await this.node.until(found, 20_000)) ? result : undefined;
  }

  private whyNotInBlock(): string {
    return this.node.isOver
      ? `the old version makes no more blocks: ${this.node.words()}`
      : 'the transaction came into no block within 20 s';
  }

  private async broadcast(args: readonly string[]): Promise<{ hash?: string; problem?: string }> {
    const fees =
      this.given ?? (this.paid === undefined ? undefined : `${this.paid}${this.home.denom}`);
    const { code, out, err } = await this.commands.try(
      'tx',
      ...args,
      '--from',
      validator,
      '--chain-id',
      chainId,
      '--keyring-backend',
      'test',
      ...this.atNode(),
      '--gas',
      String(gas),
      ...(fees === undefined ? [] : ['--fees', fees]),
      '--yes',
      '--output',
      'json',
    );
    if (code !== 0) return { problem: lastWords(err || out) ?? 'it said nothing' };
    // Some chains print to standard error, some warn before the JSON.
    const answer = [out, err].map(text => /\{.*"txhash".*\}/s.exec(text)?.[0]).find(Boolean);
    if (!answer) return { problem: lastWords(err || out) ?? 'it said nothing' };
    const {
      txhash,
      code: checked = 0,
      raw_log = '',
    } = JSON.parse(answer) as { txhash: string; code?: number; raw_log?: string };
    return checked === 0
      ? { hash: txhash }
      : { problem: raw_log || `the node turned it down with code ${checked}` };
  }

  /** Commands of autocli do not read client.toml. */
  private atNode(): string[] {
    return ['--node', `tcp://127.0.0.1:${this.home.ports.rpc}`];
  }
}
