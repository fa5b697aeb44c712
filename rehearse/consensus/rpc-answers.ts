import type { AppEvent, TxOutcome } from '../../core/rehearse/abci/block.ts';
import type { KeptTx } from './kept-blocks.ts';
import { txHash } from './kept-blocks.ts';
import type { MadeBlock } from './producer.ts';

// The JSON that CometBFT's RPC answers with (rpc/core/types/responses.go): numbers of 64 bits are
// texts, hashes hexadecimal, other bytes base64.

/** A hash in hexadecimal, as CometBFT writes it. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

export function base64Of(bytes: Uint8Array): string | null {
  return bytes.length === 0 ? null : Buffer.from(bytes).toString('base64');
}

/** A time in milliseconds since 1970. */
function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** The result of `status`; `made` is the newest block, undefined before the first. */
export function statusAnswer(chainId: string, height: number, made: MadeBlock | undefined): object {
  const block = made?.block;
  const time = timeText(block?.time ?? 0);
  return {
    node_info: {
      protocol_version: { p2p: '8', block: '11', app: '0' },
      id: '0'.repeat(40),
      listen_addr: '',
      network: chainId,
      version: '0.38.0',
      channels: '',
      moniker: 'rehearsal',
      other: { tx_index: 'on', rpc_address: '' },
    },
    sync_info: {
      latest_block_hash: hexOf(block?.hash ?? new Uint8Array()),
      latest_app_hash: hexOf(made?.appHash ?? new Uint8Array()),
      latest_block_height: String(height),
      latest_block_time: time,
      earliest_block_hash: '',
      earliest_app_hash: '',
      earliest_block_height: '1',
      earliest_block_time: time,
      catching_up: false,
    },
    validator_info: {
      address: hexOf(block?.proposer ?? new Uint8Array()),
      pub_key: null,
      voting_power: '0',
    },
  };
}

/** The result of `tx`. */
export function txAnswer({ made, index, tx, outcome }: KeptTx): object {
  return {
    hash: txHash(tx),
    height: String(made.block.height),
    index,
    tx_result: txResult(outcome),
    tx: base64Of(tx),
  };
}

function txResult(outcome: TxOutcome): object {
  return {
    code: outcome.code,
    data: base64Of(outcome.data),
    log: outcome.log,
    info: '',
    gas_wanted: String(outcome.gasWanted),
    gas_used: String(outcome.gasUsed),
    events: outcome.events.map(eventJson),
    codespace: outcome.codespace,
  };
}

function eventJson({ type, attributes }: AppEvent): object {
  return { type, attributes: attributes.map(pair => ({ ...pair, index: true })) };
}

/** The result of `block`. */
export function blockAnswer({ block }: MadeBlock): object {
  const noBlock = { hash: '', parts: { total: 0, hash: '' } };
  return {
    block_id: { hash: hexOf(block.hash), parts: { total: 1, hash: hexOf(block.hash) } },
    block: {
      header: {
        version: { block: '11', app: '0' },
        chain_id: block.chainId,
        height: String(block.height),
        time: timeText(block.time),
        last_block_id: noBlock,
        last_commit_hash: '',
        data_hash: '',
        validators_hash: hexOf(block.nextValidatorsHash),
        next_validators_hash: hexOf(block.nextValidatorsHash),
        consensus_hash: '',
        app_hash: hexOf(block.appHash),
        last_results_hash: '',
        evidence_hash: '',
        proposer_address: hexOf(block.proposer),
      },
      data: { txs: block.txs.map(base64Of) },
      evidence: { evidence: [] },
      last_commit: {
        height: String(block.height - 1),
        round: 0,
        block_id: noBlock,
        signatures: [],
      },
    },
  };
}
