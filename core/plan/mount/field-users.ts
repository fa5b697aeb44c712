import type { AppField } from '../../chain/app/app-fields.ts';
import { rootsOf } from '../../go/eval/roots.ts';
import { codeOnly } from '../../go/source/code-only.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Removal } from './removal.ts';
import { isGone } from './removal.ts';
import { foldersThatUse } from './using-folders.ts';

/**
 * The places outside of what goes that use one of the app's fields, or set a field of that name in a
 * literal, as `file:line`; in the app's code and in what is built on it, such as commands.
 */
export function fieldUsers(removal: Removal, fields: readonly AppField[]): string[] {
  if (fields.length === 0) return [];
  const names = fields.map(({ name }) => name);
  const any = names.join('|');
  return foldersThatUse(removal)
    .flatMap(dir => removal.repo.filesOf(dir, new RegExp(`\\b(${any})\\b`)))
    .flatMap(facts =>
      [...selections(facts, any), ...keysOf(removal, facts, names)]
        .filter(at => !isGone(removal.gone, facts.path, at))
        .map(at => {
          const { file, line } = locationOf(facts, { start: at, end: at });
          return `${file}:${line}`;
        }),
    );
}

function selections({ text }: FileFacts, any: string): number[] {
  const selected = new RegExp(`\\.\\s*(${any})\\b`, 'g');
  return [...codeOnly(text).matchAll(selected)].map(({ index }) => index);
}

/** `BankKeeper: …` in the literals of structs that hold keepers. */
function keysOf({ repo }: Removal, facts: FileFacts, names: readonly string[]): number[] {
  return rootsOf(repo, facts)
    .flatMap(root => findAll(root, 'keyed_element'))
    .flatMap(element => {
      const [key] = namedChildren(element);
      return key && names.includes(facts.text.slice(key.start, key.end)) ? [key.start] : [];
    });
}
