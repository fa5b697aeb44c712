import type { AskedCheck, Check, Expectation, JsonValue } from './check.ts';
import { isJsonObject } from './check.ts';
import { isSum, parseDecimal } from './decimal.ts';
import { decodeMessage } from './decode.ts';
import { encodeMessage } from './encode.ts';
import { valueAt } from './json-pointer.ts';
import type { Schema } from './schema.ts';

/** Asks a node for state over ABCI: a gRPC method, or `/store/NAME/key`. */
export type AskNode = (
  path: string,
  data: Uint8Array,
) => Promise<{ readonly code: number; readonly log: string; readonly value: Uint8Array }>;

/** What a version of the chain answered to one check. */
export type CheckAnswer =
  | { readonly value: JsonValue }
  /** There is nothing there: no such key, or nothing where the pointer leads. */
  | { readonly nothing: string }
  /** It could not be asked. */
  | { readonly error: string };

/** The answers of one version, by the names of the checks. */
export type CheckAnswers = ReadonlyMap<string, CheckAnswer>;

/** How a check went: the values before and after, null where there are none. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** How all checks went. */
export interface ChecksResult {
  readonly checks: readonly CheckResult[];
  /** Why each that failed did, and where it is written. */
  readonly failures: readonly { readonly check: Check; readonly why: string }[];
}

/**
 * Asks one version of the chain all that the checks want to know of it. `schema` is what its binary
 * says of its messages.
 */
export async function askChecks(
  checks: readonly Check[],
  ask: AskNode,
  schema: Schema,
): Promise<CheckAnswers> {
  const answers = new Map<string, CheckAnswer>();
  for (const { name, asked } of checks) {
    answers.set(name, await answerTo(asked, ask, schema).catch(errorOf));
  }
  return answers;
}

/**
 * Judges what the halted old version and the new one answered. A check that finds nothing to compare
 * fails: it would pass whatever the upgrade does.
 */
export function runChecks(
  checks: readonly Check[],
  before: CheckAnswers,
  after: CheckAnswers,
): ChecksResult {
  const judged = checks.map(check => {
    const was = before.get(check.name) ?? notAsked;
    const is = after.get(check.name) ?? notAsked;
    const why = faultIn(check.expect, was, is);
    const result = {
      name: check.name,
      ok: why === undefined,
      before: shown(was),
      after: shown(is),
    };
    return { check, why, result };
  });
  return {
    checks: judged.map(({ result }) => result),
    failures: judged.flatMap(({ check, why }) =>
      why === undefined ? [] : [{ check, why: `check "${check.name}": ${why}` }],
    ),
  };
}

const notAsked: CheckAnswer = { error: 'it was not asked' };

async function answerTo(asked: AskedCheck, ask: AskNode, schema: Schema): Promise<CheckAnswer> {
  if (asked.kind === 'store') return storeAnswer(asked.store, asked.key, ask);
  const method = schema.methods.get(asked.path);
  if (!method) return { error: `its binary has no query ${asked.path}` };
  const request = encodeMessage(schema, method.input, asked.request);
  const { code, log, value } = await ask(asked.path, request);
  if (code !== 0) return { error: log || `code ${code}` };
  const answer = decodeMessage(schema, method.output, value);
  const found = asked.pointer === undefined ? answer : valueAt(answer, asked.pointer);
  return found === undefined || found === null
    ? { nothing: `nothing at ${asked.pointer ?? 'the whole answer'}` }
    : { value: found };
}

/** The value of a key in hexadecimal. */
async function storeAnswer(store: string, key: Uint8Array, ask: AskNode): Promise<CheckAnswer> {
  const { code, log, value } = await ask(`/store/${store}/key`, key);
  if (code !== 0) return { error: log || `code ${code}` };
  if (value.length === 0) return { nothing: `no such key in ${store}` };
  return { value: Array.from(value, byte => byte.toString(16).padStart(2, '0')).join('') };
}

function errorOf(error: unknown): CheckAnswer {
  // Cancelling a rehearsal is no answer.
  if (error instanceof Error && error.name === 'AbortError') throw error;
  return { error: error instanceof Error ? error.message : String(error) };
}

function shown(answer: CheckAnswer): JsonValue {
  return 'value' in answer ? answer.value : null;
}

/** Why an expectation is not met; undefined where it is. */
function faultIn(expect: Expectation, before: CheckAnswer, after: CheckAnswer): string | undefined {
  const missing = missingIn('the new version', after);
  if (missing !== undefined) return missing;
  const is = shown(after);
  switch (expect.kind) {
    case 'exists':
      return undefined;
    case 'becomes':
      return equal(is, expect.value)
        ? undefined
        : `it is ${text(is)}, and should become ${text(expect.value)}`;
    case 'matches':
      return expect.pattern.test(plain(is))
        ? undefined
        : `it is ${text(is)}, which ${expect.pattern.source} does not match`;
    case 'same':
    case 'growsBy': {
      const lacking = missingIn('the old version', before);
      return lacking ?? differenceIn(expect, shown(before), is);
    }
  }
}

function missingIn(version: string, answer: CheckAnswer): string | undefined {
  if ('error' in answer) return `${version} did not answer: ${answer.error}`;
  return 'nothing' in answer ? `${version} has ${answer.nothing}` : undefined;
}

function differenceIn(
  expect: Expectation & { readonly kind: 'same' | 'growsBy' },
  was: JsonValue,
  is: JsonValue,
): string | undefined {
  if (expect.kind === 'same')
    return equal(was, is) ? undefined : `it was ${text(was)} and is ${text(is)}`;
  const [old, now] = [was, is].map(value => parseDecimal(plain(value)));
  if (!old || !now) return `it was ${text(was)} and is ${text(is)}, which are not both numbers`;
  return isSum(old, parseDecimal(expect.amount)!, now)
    ? undefined
    : `it was ${text(was)} and is ${text(is)}, and should have grown by ${expect.amount}`;
}

/** A text as it is, all else as JSON. */
function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const longest = 120;

function text(value: JsonValue): string {
  const json = JSON.stringify(value);
  return json.length > longest ? `${json.slice(0, longest)}…` : json;
}

/** Whether two values are one; a number is the same in quotes, as those of 64 bits are text. */
function equal(a: JsonValue, b: JsonValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a as readonly JsonValue[], b as readonly JsonValue[]];
    return left.length === right.length && left.every((one, i) => equal(one, right[i]!));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = Object.keys(a);
    const isAll = names.length === Object.keys(b).length;
    return isAll && names.every(name => Object.hasOwn(b, name) && equal(a[name]!, b[name]!));
  }
  const isNumber = typeof a === 'number' || typeof b === 'number';
  const [left, right] = [scalarText(a), scalarText(b)];
  return a === b || (isNumber && left !== undefined && left === right);
}

function scalarText(value: JsonValue): string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}
