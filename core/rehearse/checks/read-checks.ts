import type { Document } from 'yaml';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { AskedCheck, Check, Expectation, JsonObject, JsonValue } from './check.ts';
import { isJsonObject } from './check.ts';
import { parseDecimal } from './decimal.ts';
import { pointerFault } from './json-pointer.ts';

/** What is wrong with an entry, and what is allowed. */
export interface CheckFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The checks of a file, or all that is wrong with it. */
export type ChecksRead =
  | { readonly checks: readonly Check[] }
  | { readonly faults: readonly [CheckFault, ...CheckFault[]] };

/** Reads `upgrades.checks/NAME.json`. */
export function readChecks(file: string, text: string): ChecksRead {
  const plain = text.replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch (error) {
    const message = `invalid JSON: ${(error as Error).message}`;
    return { faults: [{ file, line: lineOfError(plain, error as Error), message }] };
  }
  return new ChecksReader(file, plain).read(json);
}

/** An entry is wrong. */
class Wrong extends Error {
  readonly path: readonly (string | number)[];
  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}

const entryMembers = ['name', 'query', 'request', 'pointer', 'store', 'key', 'expect'];
const expectations =
  '"same", "exists", { "becomes": VALUE }, { "growsBy": N } or { "matches": REGEX }';

class ChecksReader {
  private readonly file: string;
  private readonly lines = new LineCounter();
  /** JSON is YAML, whose parser says where a value stands. */
  private readonly document: Document;

  constructor(file: string, text: string) {
    this.file = file;
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: false });
  }

  read(json: unknown): ChecksRead {
    const members = isJsonObject(json) ? Object.keys(json) : [];
    const odd = members.find(name => name !== 'checks' && name !== '$schema');
    const entries = isJsonObject(json) ? json['checks'] : undefined;
    if (!Array.isArray(entries)) return { faults: [this.fault([], 'write { "checks": [ … ] }')] };
    if (odd !== undefined)
      return { faults: [this.fault([odd], `unknown "${odd}"; write { "checks": [ … ] }`)] };
    const checks: Check[] = [];
    const faults: CheckFault[] = [];
    const names = new Set<string>();
    for (const [i, entry] of (entries as readonly JsonValue[]).entries()) {
      try {
        checks.push(this.check(entry, ['checks', i], names));
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        faults.push(this.fault(error.path, error.message));
      }
    }
    const [first, ...more] = faults;
    return first ? { faults: [first, ...more] } : { checks };
  }

  private check(entry: JsonValue, path: readonly (string | number)[], names: Set<string>): Check {
    if (!isJsonObject(entry)) throw new Wrong(path, 'a check is an object with a "name"');
    const odd = Object.keys(entry).find(member => !entryMembers.includes(member));
    if (odd !== undefined)
      throw new Wrong([...path, odd], `unknown "${odd}"; a check has ${entryMembers.join(', ')}`);
    const { name } = entry;
    if (typeof name !== 'string' || name === '')
      throw new Wrong(path, '"name" has to be a text that tells the check from the others');
    if (names.has(name)) throw new Wrong([...path, 'name'], `there are two checks "${name}"`);
    names.add(name);
    const asked = askedIn(entry, path);
    return {
      name,
      file: this.file,
      line: this.lineAt(path),
      asked,
      expect: expectationIn(entry, asked, path),
    };
  }

  private fault(path: readonly (string | number)[], message: string): CheckFault {
    return { file: this.file, line: this.lineAt(path), message };
  }

  /** The line of a value; of the innermost one around it that there is. */
  private lineAt(path: readonly (string | number)[]): number {
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = this.document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function askedIn(entry: JsonObject, path: readonly (string | number)[]): AskedCheck {
  const { query, store } = entry;
  if ((query === undefined) === (store === undefined))
    throw new Wrong(path, 'a check has either "query", or "store" and "key"');
  return query === undefined ? storeIn(entry, path) : queryIn(entry, path);
}

function storeIn(entry: JsonObject, path: readonly (string | number)[]): AskedCheck {
  const { store, key, request, pointer } = entry;
  if (typeof store !== 'string' || !/^[^/\s]+$/.test(store))
    throw new Wrong([...path, 'store'], '"store" has to be the name of a store');
  if (typeof key !== 'string' || !/^([0-9a-fA-F]{2})+$/.test(key))
    throw new Wrong([...path, 'key'], '"key" has to be hexadecimal, two digits a byte, as "0a1b"');
  if (request !== undefined || pointer !== undefined)
    throw new Wrong(path, '"request" and "pointer" go with "query", not with "store"');
  const bytes = key.match(/../g)!.map(digits => Number.parseInt(digits, 16));
  return { kind: 'store', store, key: Uint8Array.from(bytes) };
}

function queryIn(entry: JsonObject, path: readonly (string | number)[]): AskedCheck {
  const { query, key, request, pointer } = entry;
  if (typeof query !== 'string' || !/^\/?[\w.]+\.\w+\/\w+$/.test(query))
    throw new Wrong(
      [...path, 'query'],
      '"query" has to be a gRPC method, as "cosmos.bank.v1beta1.Query/TotalSupply"',
    );
  if (key !== undefined) throw new Wrong([...path, 'key'], '"key" goes with "store"');
  if (request !== undefined && !isJsonObject(request))
    throw new Wrong([...path, 'request'], '"request" has to be an object with the fields to send');
  const fault = pointer === undefined ? undefined : pointerFault(pointer);
  if (fault !== undefined) throw new Wrong([...path, 'pointer'], fault);
  return {
    kind: 'query',
    path: query.startsWith('/') ? query : `/${query}`,
    request: request ?? {},
    pointer: pointer as string | undefined,
  };
}

function expectationIn(
  entry: JsonObject,
  asked: AskedCheck,
  path: readonly (string | number)[],
): Expectation {
  const { expect } = entry;
  const at = [...path, 'expect'];
  if (expect === 'same' || expect === 'exists') return { kind: expect };
  const [kind, ...more] = isJsonObject(expect) ? Object.keys(expect) : [];
  const value = isJsonObject(expect) && kind !== undefined ? expect[kind] : undefined;
  if (kind === undefined || value === undefined || more.length > 0)
    throw new Wrong(at, `"expect" has to be ${expectations}`);
  switch (kind) {
    case 'becomes':
      return { kind, value };
    case 'growsBy':
      return { kind, amount: amountIn(value, asked, at) };
    case 'matches':
      return { kind, pattern: patternIn(value, at) };
    default:
      throw new Wrong(at, `unknown "${kind}"; "expect" has to be ${expectations}`);
  }
}

function amountIn(value: JsonValue, asked: AskedCheck, at: readonly (string | number)[]): string {
  if (asked.kind === 'store')
    throw new Wrong(at, '"growsBy" needs a "query": the value of a key has no number');
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && parseDecimal(text)) return text;
  throw new Wrong(at, '"growsBy" has to be a number, in quotes where it is large');
}

function patternIn(value: JsonValue, at: readonly (string | number)[]): RegExp {
  if (typeof value !== 'string')
    throw new Wrong(at, '"matches" has to be a regular expression in quotes');
  try {
    return new RegExp(value, 'u');
  } catch (error) {
    throw new Wrong(at, (error as Error).message);
  }
}

/** V8 says `at position 12`, and newer ones the line too. */
function lineOfError(text: string, { message }: Error): number {
  const position = /position (\d+)/.exec(message)?.[1];
  const before = position === undefined ? text : text.slice(0, Number(position));
  return before.split('\n').length;
}
