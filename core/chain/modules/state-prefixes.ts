import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { intValue } from '../../go/eval/integers.ts';
import { iotaOf } from '../../go/eval/iota.ts';
import type { Expr } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { letter, mayDeclareValue } from '../../go/source/declaring-text.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { runeLiteral } from '../../go/syntax/syntax.ts';
import type { Module } from '../chain.ts';
import { foldersOfModule } from './module-folders.ts';

/** A key, or the prefix of keys, under which a module keeps something in its store. */
export interface StatePrefix {
  readonly name: string;
  /** Its bytes, each as two hexadecimal digits. */
  readonly bytes: string;
  readonly location: Location;
}

/** A prefix of keys that another reading of the repository has with other bytes. */
export interface ChangedPrefix {
  readonly now: StatePrefix;
  readonly before: StatePrefix;
}

/** The prefixes that two readings of a module declare under one name, with different bytes. */
export function changedPrefixes(
  now: Repo,
  module: Pick<Module, 'dir'>,
  then: Repo,
  before: Pick<Module, 'dir'> = module,
): readonly ChangedPrefix[] {
  const earlier = statePrefixes(then, before);
  return [...statePrefixes(now, module).values()].flatMap(prefix => {
    const was = earlier.get(prefix.name);
    return was && was.bytes !== prefix.bytes ? [{ now: prefix, before: was }] : [];
  });
}

/**
 * The prefixes that a module declares by their habitual names and whose bytes are known, by name.
 * What events, routes and stores are called is no state, nor is what names itself after transient
 * and memory stores, whose contents end with a block or with the node.
 */
export function statePrefixes(
  repo: Repo,
  { dir }: Pick<Module, 'dir'>,
): ReadonlyMap<string, StatePrefix> {
  return repo.memoWithDependencies(dir, 'prefixes of keys', () => {
    const found = foldersOfModule(dir).flatMap(folder => prefixesIn(repo, folder));
    const names = found.map(({ name }) => name);
    // A name that two folders declare may be either.
    const single = found.filter(({ name }) => names.indexOf(name) === names.lastIndexOf(name));
    return new Map(single.map(prefix => [prefix.name, prefix]));
  });
}

function prefixesIn(repo: Repo, folder: string): StatePrefix[] {
  return repo
    .filesOf(folder, declaresKeys)
    .flatMap(facts =>
      [...facts.consts, ...facts.vars]
        .filter(({ name }) => isKey.test(name) && !isOther(name))
        .flatMap(spec => statePrefixIn(repo, facts, spec) ?? []),
    );
}

/** Keepers speak of keys all over; few of their files declare any. */
const declaresKeys = mayDeclareValue(`(?:${letter}*(?:Key|Prefix)s?|(?:Key|Prefix)${letter}*)`);

const isKey = /(Key|Prefix)s?$|^(Key|Prefix)/;

/** Whole words: `MemStoreKey` is no state, a prefix of members is. */
const otherWords = new Set(
  'attribute event events module mem memory querier route router separator store transient'.split(
    ' ',
  ),
);

function isOther(name: string): boolean {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words.some(word => otherWords.has(word.toLowerCase()));
}

function statePrefixIn(repo: Repo, facts: FileFacts, spec: ValueSpec): StatePrefix | undefined {
  const { name, nameStart, nameEnd, value } = spec;
  const bytes = value && bytesOf(repo, goNode({ facts, node: value }), name);
  if (!bytes) return undefined;
  const location = locationOf(facts, { start: nameStart, end: nameEnd });
  return { name, bytes, location };
}

/** The bytes of `[]byte{0x01}`, `[]byte("pool")`, `collections.NewPrefix(1)`, or a plain text. */
function bytesOf(repo: Repo, value: GoNode, name: string): string | undefined {
  const here = value.withoutParens;
  if (here.type === 'composite_literal' && here.field('type')?.text === '[]byte')
    return joined(here.field('body')?.children.map(one => byteOf(repo, one)) ?? []);
  const [argument, ...others] = here.arguments;
  const isConversion =
    here.type === 'type_conversion_expression' && here.field('type')?.text === '[]byte';
  const text = isConversion ? here.field('operand') : argument;
  if (
    isConversion ||
    (here.type === 'call_expression' && here.field('function')?.text === '[]byte')
  )
    return text && textBytes(repo, text);
  if (here.callee?.text === 'collections.NewPrefix' && argument && others.length === 0)
    return textBytes(repo, argument) ?? byteOf(repo, argument);
  return /KeyPrefix$/.test(name) ? textBytes(repo, here) : undefined;
}

function joined(bytes: readonly (string | undefined)[]): string | undefined {
  return bytes.length > 0 && bytes.every(one => one !== undefined) ? bytes.join('') : undefined;
}

function byteOf(repo: Repo, element: Expr): string | undefined {
  const code = codeOf(repo, element);
  return code !== undefined && code >= 0 && code < 256 ? hex(code) : undefined;
}

function codeOf(repo: Repo, element: Expr): number | undefined {
  const rune = runeLiteral(element.node, element.facts.text);
  if (rune !== undefined) return rune.codePointAt(0);
  const counted = iotaOf(repo, element);
  if (counted !== undefined) return counted;
  const int = intValue(repo, element);
  return 'value' in int ? int.value : undefined;
}

function textBytes(repo: Repo, text: Expr): string | undefined {
  const value = stringValue(repo, text);
  if (value.kind !== 'known' || value.value === '') return undefined;
  return [...new TextEncoder().encode(value.value)].map(hex).join('');
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
