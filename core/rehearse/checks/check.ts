/** A value as JSON has it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** An object as JSON has it. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** What a check asks: a gRPC method and where in its answer to look, or a key of a store. */
export type AskedCheck =
  | {
      readonly kind: 'query';
      /** `/cosmos.bank.v1beta1.Query/TotalSupply` */
      readonly path: string;
      readonly request: JsonObject;
      /** A JSON pointer (RFC 6901); the whole answer without one. */
      readonly pointer: string | undefined;
    }
  | { readonly kind: 'store'; readonly store: string; readonly key: Uint8Array };

/** What an answer of the new version has to be, by that of the old one. */
export type Expectation =
  | { readonly kind: 'same' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'becomes'; readonly value: JsonValue }
  /** A whole or decimal number, as text. */
  | { readonly kind: 'growsBy'; readonly amount: string }
  | { readonly kind: 'matches'; readonly pattern: RegExp };

/** One entry of `upgrades.checks/NAME.json`. */
export interface Check {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly asked: AskedCheck;
  readonly expect: Expectation;
}

/** Whether that is an object, and neither a list nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
