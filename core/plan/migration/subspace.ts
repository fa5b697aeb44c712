import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';

/**
 * Whether a field holds a subspace of x/params: the SDK's type, or an interface that a chain put
 * before it.
 */
export function isSubspace(type: string): boolean {
  return /(^|\.)(\w*Subspace|ParamStore)$/.test(type);
}

/**
 * What a subspace's type can do: all where it is the SDK's own, else what the chain's interface
 * says.
 */
export interface SubspaceType {
  readonly set: boolean;
  /** The method that reads all parameters at once. */
  readonly read: 'GetParamSet' | 'GetParamSetIfExists' | undefined;
  readonly keyTable: boolean;
}

/** Reads a subspace's type as a file writes it. */
export function subspaceType(repo: Repo, facts: FileFacts, type: string): SubspaceType {
  const unusable: SubspaceType = { set: false, read: undefined, keyTable: false };
  const named = typeRef(type);
  if (!named || named.pointer) return unusable;
  const { qualifier, name } = named;
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  if (path !== undefined && /^github\.com\/cosmos\/cosmos-sdk\/x\/params(\/types)?$/.test(path))
    return { set: true, read: 'GetParamSet', keyTable: true };
  const dir = repo.folderOf(facts, qualifier);
  const declared = dir === undefined ? undefined : declarationIn(repo, dir, name);
  if (!declared) return unusable;
  const has = (pattern: RegExp) => pattern.test(declared.text);
  return {
    set: has(/\bSet\(\w+ sdk\.Context, \w+ \[\]byte, \w+ (interface\{\}|any)\)/),
    read: readMethod(declared),
    keyTable:
      has(/\bHasKeyTable\(\) bool/) && has(/\bWithKeyTable\((\w+ )?\w+\.KeyTable\) \w+\.Subspace/),
  };
}

/** A type's declaration as text, and the file that has it. */
interface Declaration {
  readonly facts: FileFacts;
  readonly text: string;
}

function declarationIn(repo: Repo, dir: string, name: string): Declaration | undefined {
  for (const facts of repo.filesOf(dir, new RegExp(`\\b${name}\\b`))) {
    const spec = facts.types.find(type => type.name === name);
    if (spec) return { facts, text: facts.text.slice(spec.start, spec.end) };
  }
  return undefined;
}

/** The method of a chain's interface that reads all parameters into the SDK's ParamSet. */
function readMethod({ facts, text }: Declaration): SubspaceType['read'] {
  const [, method, set] =
    /\b(GetParamSet(?:IfExists)?)\(\w+ sdk\.Context, \w+ ([\w.]+)\)/.exec(text) ?? [];
  if (set === undefined) return undefined;
  // A name of the chain's own for the SDK's ParamSet has to be an alias: an interface of its own
  // would be another type.
  const isOfSdk =
    /^\w+\.ParamSet$/.test(set) ||
    new RegExp(`\\b${set}\\s*=\\s*\\w+\\.ParamSet\\b`).test(facts.text);
  return isOfSdk ? (method as SubspaceType['read']) : undefined;
}
