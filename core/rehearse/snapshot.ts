import { WireMessage } from './abci/wire.ts';

/** What an SDK snapshot says of itself. */
export interface SnapshotFacts {
  readonly height: number;
  readonly format: number;
}

/** Reads a Snapshot{height 1, format 2} of cosmos.base.snapshots.v1beta1. */
export function snapshotFacts(bytes: Uint8Array): SnapshotFacts {
  const message = new WireMessage(bytes);
  return { height: message.int(1), format: message.int(2) };
}
