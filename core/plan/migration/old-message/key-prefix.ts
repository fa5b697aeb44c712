import { dirname } from '../../../files.ts';
import type { ImportSpec } from '../../../go/edit/imports.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import { childByField } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import { nodeText } from '../../go-tree.ts';
import { bytesOf, goBytes } from '../prefix.ts';

/** A key prefix as a Go expression of bytes, and the package it is from. */
export interface KeyPrefix {
  readonly text: string;
  readonly import: ImportSpec | undefined;
}

/**
 * Reads a key prefix: bytes such as `0x01`, or what a package declares, such as `types.VoteKey`, as
 * the keeper's file or the package `home` knows it.
 */
export function keyPrefix(repo: Repo, written: string, keeper: FileFacts, home: string): KeyPrefix {
  const bytes = bytesOf(written);
  if (bytes) return { text: goBytes(bytes), import: undefined };
  if (/^collections\.NewPrefix\((\d+|"[^"]*")\)$/.test(written))
    return {
      text: `${written}.Bytes()`,
      import: { path: 'cosmossdk.io/collections', alias: undefined },
    };
  const named = namedPrefix(repo, written, keeper, home);
  return written.endsWith(')') ? fromFunction(repo, named) : fromValue(repo, named);
}

/** A prefix that a package of this repository declares. */
interface NamedPrefix {
  readonly name: string;
  /** What it is given, where it is a function. */
  readonly given: string | undefined;
  readonly dir: string;
  /** What the written text calls the package. */
  readonly qualifier: string;
  readonly import: ImportSpec;
  readonly refuse: (why: string) => Refusal;
}

function namedPrefix(repo: Repo, written: string, keeper: FileFacts, home: string): NamedPrefix {
  const [, qualifier, name, given] =
    /^(?:(\w+)\.)?([A-Z]\w*)(?:\(((?:\w+\.)?[A-Z]\w*)?\))?$/.exec(written) ?? [];
  const from = dirname(keeper.path);
  const path = qualifier === undefined ? undefined : repo.importFor(keeper, qualifier);
  const dir = path === undefined ? home : repo.dirOf(path, from);
  const refuse = (why: string) =>
    new Refusal(`the key prefix ${written} ${why}; give its bytes instead, such as 0x01`, {
      file: dir ?? keeper.path,
    });
  const importPath = dir === undefined ? undefined : repo.importPath(dir)!;
  const own = importPath === undefined ? undefined : repo.packageName(importPath, from);
  const isKnown = qualifier === undefined || path !== undefined || qualifier === own;
  if (
    name === undefined ||
    dir === undefined ||
    importPath === undefined ||
    own === undefined ||
    !isKnown
  )
    throw refuse("is neither bytes nor an exported name that the module's code knows");
  const alias = qualifier ?? own;
  return {
    name,
    given,
    dir,
    qualifier: alias,
    import: { path: importPath, alias: alias === own ? undefined : alias },
    refuse,
  };
}

/** A function that gives the bytes, which may be given a constant of its package. */
function fromFunction(repo: Repo, prefix: NamedPrefix): KeyPrefix {
  const { name, given, dir, qualifier, refuse } = prefix;
  const found = repo.func(dir, name);
  const result = found && childByField(repo.syntaxOf(found), 'result');
  if (!result || nodeText(found.facts, result) !== '[]byte')
    throw refuse('is not a function that gives []byte');
  if (given?.includes('.') && !given.startsWith(`${qualifier}.`))
    throw refuse('is made from another package');
  return {
    text: `${qualifier}.${name}(${qualified(given, qualifier)})`,
    import: prefix.import,
  };
}

/** What the function is given, as it is written outside its package; `''` for nothing. */
function qualified(given: string | undefined, qualifier: string): string {
  if (given === undefined) return '';
  return given.includes('.') ? given : `${qualifier}.${given}`;
}

/** A constant or variable of bytes, of a text or of a single byte. */
function fromValue(repo: Repo, prefix: NamedPrefix): KeyPrefix {
  const { name, dir, qualifier, refuse } = prefix;
  const found = repo.value(dir, name);
  if (!found) throw refuse(`is not declared in ${dir}`);
  const value = nodeText(found.facts, found.spec.value);
  const type = nodeText(found.facts, found.spec.type);
  const bytes = bytesExpression(`${qualifier}.${name}`, value, type);
  if (bytes === undefined) throw refuse('is not declared as bytes or as a text');
  return { text: bytes, import: prefix.import };
}

/** A declared value as an expression of bytes, by how it is declared. */
function bytesExpression(expression: string, value: string, type: string): string | undefined {
  if (/^\[\]byte[({]/.test(value) || type === '[]byte') return expression;
  if (/^collections\.NewPrefix\(/.test(value)) return `${expression}.Bytes()`;
  if (/^(["`]|string\()/.test(value)) return `[]byte(${expression})`;
  if (type === 'byte' || /^byte\(/.test(value)) return `[]byte{${expression}}`;
  return undefined;
}
