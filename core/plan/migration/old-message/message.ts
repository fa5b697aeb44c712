import { dirname, join } from '../../../files.ts';
import { isStandard } from '../../../go/edit/imports.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import { Refusal } from '../../../refusal.ts';
import { structFields } from '../keeper.ts';
import type { Declared } from './generated-code.ts';

/**
 * A field of a message: its Go type as written, and with import paths in place of qualifiers; how
 * its value is encoded, and under which number.
 */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  readonly wire: string;
}

/** A message as its generated code has it. */
export interface Message extends Declared {
  readonly fields: readonly Field[];
}

/** What today's code calls a package or a type that older code names. */
export interface Today {
  readonly path: (path: string, facts: FileFacts) => string;
  readonly type: (path: string, name: string) => { readonly path: string; readonly name: string };
}

const sdk = 'github.com/cosmos/cosmos-sdk/types';
const math = 'cosmossdk.io/math';
const movedToMath: Readonly<Record<string, string>> = {
  Int: 'Int',
  Uint: 'Uint',
  Dec: 'LegacyDec',
};

/**
 * Today's names in a repository; `gogoproto` where its generated code is made by the SDK's fork of
 * gogo/protobuf, `math` where the SDK has no numbers of its own any more.
 */
export function todayIn(
  repo: Repo,
  now: { readonly gogoproto: boolean; readonly math: boolean },
): Today {
  return {
    path: (path, facts) => {
      if (now.gogoproto && path.startsWith('github.com/gogo/protobuf/'))
        return path.replace('github.com/gogo/protobuf', 'github.com/cosmos/gogoproto');
      const moved = /^github\.com\/cosmos\/cosmos-sdk\/((?:x\/)?[a-z]+)(?=\/|$)/.exec(path)?.[1];
      if (moved !== undefined && requires(repo, `cosmossdk.io/${moved}`, facts.path))
        return path.replace('github.com/cosmos/cosmos-sdk/', 'cosmossdk.io/');
      const folder = ownFolder(repo, path, facts);
      return (folder === undefined ? undefined : repo.importPath(folder)) ?? path;
    },
    type: (path, name) =>
      now.math && path === sdk && name in movedToMath
        ? { path: math, name: movedToMath[name]! }
        : { path, name },
  };
}

/** Reads a message's fields. */
export function messageOf(repo: Repo, declared: Declared, today: Today): Message {
  const { facts, spec, name } = declared;
  const fields = structFields(facts, spec).filter(f => !f.name.startsWith('XXX_'));
  const oneof = fields.find(f => f.tag.includes('protobuf_oneof:'));
  if (oneof)
    throw new Refusal(
      `${name} in ${facts.path} has a oneof, ${oneof.name}, which is not followed; write the ` +
        'migration by hand',
      { file: facts.path },
    );
  return {
    ...declared,
    fields: fields.map(({ name: field, type, tag }) => ({
      name: field,
      type,
      meaning: meaningOf(repo, facts, type, today),
      wire: wireOf(tag),
    })),
  };
}

/** A type with import paths in place of qualifiers. */
function meaningOf(repo: Repo, facts: FileFacts, type: string, today: Today): string {
  return type.replace(/\b(\w+)\.(\w+)/g, (_, qualifier: string, name: string) => {
    const path = repo.importFor(facts, qualifier);
    if (path === undefined)
      throw new Refusal(
        `${facts.path} uses ${qualifier}, which it does not import; generate it anew`,
        { file: facts.path },
      );
    const now = today.type(today.path(path, facts), name);
    return `${now.path}.${now.name}`;
  });
}

/** `bytes,4,opt` of a field's tag, and whether it is packed. */
function wireOf(tag: string): string {
  const [kind = '', number = '', label = '', ...more] = (
    /protobuf:"([^"]*)"/.exec(tag)?.[1] ?? ''
  ).split(',');
  return [kind, number, label, ...more.filter(m => m === 'packed')].join();
}

/** The types of its own package that a type names. */
export function ownNames(meaning: string): string[] {
  return [...meaning.matchAll(/(?<![\w./-])([A-Z]\w*)\b(?!\.)/g)].map(m => m[1]!);
}

/** The types of other packages that a type names. */
export function otherNames(meaning: string): { path: string; name: string }[] {
  return [...meaning.matchAll(/([\w./~-]*[\w~-])\.([A-Z]\w*)/g)].map(([, path, name]) => ({
    path: path!,
    name: name!,
  }));
}

/**
 * The folder of this repository that a path names, whether or not it is there: a chain's own module
 * path changes with its major version.
 */
export function ownFolder(
  repo: Repo,
  path: string,
  { path: file }: Pick<FileFacts, 'path'>,
): string | undefined {
  const here = repo.modOf(dirname(file));
  const mod = repo.mods
    .filter(m => m.module !== '' && isBelow(path, m.module))
    .sort((a, b) => b.module.length - a.module.length)[0];
  if (mod) return join(mod.dir, path.slice(mod.module.length));
  if (!here || requires(repo, path, file)) return undefined;
  const module = withoutMajor(here.module);
  const plain = withoutMajor(path);
  if (module === '' || !isBelow(plain, module)) return undefined;
  return join(here.dir, plain.slice(module.length));
}

function withoutMajor(path: string): string {
  return path.replace(/\/v\d+(?=\/|$)/, '');
}

/** Refuses a package of others that today's code cannot import. */
export function refuseUnrequired(repo: Repo, path: string, { name, facts }: Message): void {
  if (isStandard(path) || requires(repo, path, facts.path)) return;
  throw new Refusal(
    `${name}, as it was, holds a type of ${path}, which go.mod no longer requires; write the ` +
      'migration by hand',
    { file: facts.path },
  );
}

function requires(repo: Repo, path: string, file: string): boolean {
  return [...(repo.modOf(dirname(file))?.require.keys() ?? [])].some(module =>
    isBelow(path, module),
  );
}

function isBelow(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}/`);
}
