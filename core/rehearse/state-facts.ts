// What the program that reads states prints (templates/state).

/** What a state says of itself. */
export interface StateFacts {
  readonly height: number;
  /** The time of its last block, RFC 3339; empty where it does not say. */
  readonly time: string;
  /** Empty where only the genesis says. */
  readonly chainId: string;
  readonly stores: readonly string[];
  /** Versions by module. */
  readonly modules: Readonly<Record<string, number>>;
  /** The plan that is pending. */
  readonly plan: StatePlanFacts | null;
  readonly done: readonly StatePlanFacts[];
}

/** A plan and its height. */
export interface StatePlanFacts {
  readonly name: string;
  readonly height: number;
}

/** How two states differ. Stores that are equal are left out. */
export interface StateComparison {
  /** Their heights. */
  readonly before: number;
  readonly after: number;
  /** The stores of the second state. */
  readonly names: readonly string[];
  readonly stores: readonly StoreDifference[];
}

/** How a store differs. */
export interface StoreDifference {
  readonly store: string;
  /** Whether the first state has the store, and the second. */
  readonly before: boolean;
  readonly after: boolean;
  /** Numbers of keys. */
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  /** By how many bytes of keys and values it grew. */
  readonly bytes: number;
  /** The first keys that differ, in hex. */
  readonly first: readonly string[];
}

/** The sums of a state that have to add up; null where its stores do not say. */
export interface StateTotals {
  readonly height: number;
  /** Whether there is a store bank. */
  readonly bank: boolean;
  /** Denominations whose supply is not the sum of all balances. */
  readonly supply: Readonly<Record<string, KeptAndSum>>;
  /** How many denominations there are. */
  readonly denominations: number;
  /** Empty where it cannot be told. */
  readonly bondDenom: string;
  readonly bonded: KeptAndSum | null;
  readonly notBonded: KeptAndSum | null;
  readonly moduleAccounts: readonly string[];
}

/** An amount that is kept, and the sum that it has to be: decimal digits. */
export interface KeptAndSum {
  readonly kept: string;
  readonly sum: string;
}

/** A type that something in a state names and that has to be decoded some day. */
export interface HeldType {
  /** The store in which it is: gov, group, authz, feegrant, acc. */
  readonly store: string;
  /** The number of a proposal; 0 for what has none. */
  readonly id: number;
  /** As an Any names it, such as `/cosmos.bank.v1beta1.MsgSend`. */
  readonly type: string;
  /** How many entries of the store name it. */
  readonly count: number;
}
