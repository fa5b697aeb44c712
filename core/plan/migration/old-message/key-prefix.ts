import { dirname } from '../../../files.ts';
import type { ImportSpec } from '../../../go/edit/imports.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import { childByField } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
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
  const [, qualifier, name = '', given] =
    /^(?:(\w+)\.)?([A-Z]\w*)(?:\(((?:\w+\.)?[A-Z]\w*)?\))?$/.exec(written) ?? [];
  const from = dirname(keeper.path);
  const path = qualifier === undefined ? undefined : repo.importFor(keeper, qualifier);
  const dir = path === undefined ? home : repo.dirOf(path, from);
  const own = dir === undefined ? undefined : repo.packageName(repo.importPath(dir)!, from);
  const refuse = (why: string) =>
    new Refusal(`the key prefix ${written} ${why}; give its bytes instead, such as 0x01`, {
      file: dir ?? keeper.path,
    });
  if (
    name === '' ||
    dir === undefined ||
    own === undefined ||
    (qualifier !== undefined && path === undefined && qualifier !== own)
  )
    throw refuse("is neither bytes nor an exported name that the module's code knows");
  const alias = qualifier ?? own;
  const wanted: ImportSpec = {
    path: repo.importPath(dir)!,
    alias: alias === own ? undefined : alias,
  };
  if (written.endsWith(')')) {
    const found = repo.func(dir, name);
    const result = found && childByField(repo.syntaxOf(found), 'result');
    if (!result || found.facts.text.slice(result.start, result.end) !== '[]byte')
      throw refuse('is no function that gives []byte');
    if (given?.includes('.') && !given.startsWith(`${alias}.`))
      throw refuse('is made from another package');
    return {
      text: `${alias}.${name}(${given === undefined ? '' : given.includes('.') ? given : `${alias}.${given}`})`,
      import: wanted,
    };
  }
  const found = repo.value(dir, name);
  const said = (node: { start: number; end: number } | undefined) =>
    node ? found!.facts.text.slice(node.start, node.end) : '';
  const value = said(found?.spec.value);
  const type = said(found?.spec.type);
  const text = `${alias}.${name}`;
  if (/^\[\]byte[({]/.test(value) || type === '[]byte') return { text, import: wanted };
  if (/^collections\.NewPrefix\(/.test(value)) return { text: `${text}.Bytes()`, import: wanted };
  if (/^(["`]|string\()/.test(value)) return { text: `[]byte(${text})`, import: wanted };
  if (type === 'byte' || /^byte\(/.test(value)) return { text: `[]byte{${text}}`, import: wanted };
  throw refuse(found ? 'is not declared as bytes or as a text' : `is not declared in ${dir}`);
}
