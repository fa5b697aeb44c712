/** What makes validators' addresses and blocks' hashes. */
export interface Hashes {
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  readonly ripemd160: (bytes: Uint8Array) => Uint8Array;
}

/** A validator of the consensus: its key as a tendermint.crypto.PublicKey, and its power. */
export interface Validator {
  readonly key: Uint8Array;
  /** 20 bytes. */
  readonly address: Uint8Array;
  readonly power: bigint;
}

/** A block as it is given to an app. */
export interface Block {
  readonly chainId: string;
  readonly height: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly txs: readonly Uint8Array[];
  /** Those who signed the block before; none for the first block. */
  readonly signers: readonly Validator[];
  readonly proposer: Uint8Array;
  readonly hash: Uint8Array;
  readonly nextValidatorsHash: Uint8Array;
  /** The app's hash after the block before. */
  readonly appHash: Uint8Array;
}

/** How a transaction went. */
export interface TxOutcome {
  readonly code: number;
  readonly log: string;
  readonly codespace: string;
  readonly gasWanted: bigint;
  readonly gasUsed: bigint;
  readonly data: Uint8Array;
  readonly events: readonly AppEvent[];
}

/** Something that an app says happened. */
export interface AppEvent {
  readonly type: string;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
}

/** Consensus parameters from now on; undefined where they did not change. */
export interface ChangedParams {
  /** The most bytes of a block; -1 for no limit. */
  readonly maxBytes: number | undefined;
  /** The first height whose votes have extensions; 0 for none. */
  readonly extensionsFrom: number | undefined;
}

/** What an app answers to a block. */
export interface Executed {
  readonly txs: readonly TxOutcome[];
  /** Validators whose power changed; those of power 0 leave. */
  readonly validators: readonly Validator[];
  /** The consensus parameters that changed. */
  readonly params: ChangedParams;
  /** The app's hash; undefined before CometBFT 0.38, where the commit tells it. */
  readonly appHash: Uint8Array | undefined;
}

/** What an app says of itself. */
export interface AppInfo {
  /** The last block that it committed; 0 for a new chain. */
  readonly height: number;
  readonly appHash: Uint8Array;
}

/** An answer to a query. */
export interface QueryAnswer {
  readonly code: number;
  readonly log: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly height: number;
  readonly codespace: string;
  /** What proves it: the operations' types, keys and data; none where it was not asked for. */
  readonly proof: readonly ProofOperation[];
}

/** A step of a proof (tendermint.crypto.ProofOp). */
export interface ProofOperation {
  readonly type: string;
  readonly key: Uint8Array;
  readonly data: Uint8Array;
}
