import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';

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
  readonly set: boolean /** The method that reads all parameters at once. */;
  readonly read: 'GetParamSet' | 'GetParamSetIfExists' | undefined;
  readonly keyTable: boolean;
}

/** Reads a subspace's type as a file writes it. */
export function subspaceType(repo: Repo, facts: FileFacts, type: string): SubspaceType {
  const [, qualifier, name = ''] = /^(?:(\w+)\.)?(\w+)$/.exec(type) ?? [];
  const here = dirname(facts.path);
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  if (path !== undefined && /^github\.com\/cosmos\/cosmos-sdk\/x\/params(\/types)?$/.test(path))
    return { set: true, read: 'GetParamSet', keyTable: true };
  const dir =
    qualifier === undefined ? here : path === undefined ? undefined : repo.dirOf(path, here);
  const declared =
    dir === undefined
      ? undefined
      : repo
          .filesOf(dir, new RegExp(`\\b${name}\\b`))
          .flatMap(file =>
            file.types
              .filter(t => t.name === name)
              .map(t => ({ file, text: file.text.slice(t.start, t.end) })),
          )[0];
  const says = (pattern: RegExp) => declared !== undefined && pattern.test(declared.text);
  // A name of the chain's own for the SDK's ParamSet has to be an alias: an interface of its own
  // would be another type.
  const [, read, set] =
    /\b(GetParamSet(?:IfExists)?)\(\w+ sdk\.Context, \w+ ([\w.]+)\)/.exec(declared?.text ?? '') ??
    [];
  return {
    set: says(/\bSet\(\w+ sdk\.Context, \w+ \[\]byte, \w+ (interface\{\}|any)\)/),
    read:
      set !== undefined &&
      (/^\w+\.ParamSet$/.test(set) ||
        new RegExp(`\\b${set}\\s*=\\s*\\w+\\.ParamSet\\b`).test(declared!.file.text))
        ? (read as SubspaceType['read'])
        : undefined,
    keyTable:
      says(/\bHasKeyTable\(\) bool/) &&
      says(/\bWithKeyTable\((\w+ )?\w+\.KeyTable\) \w+\.Subspace/),
  };
}
