import { packagesOfModule } from '../chain/modules/module-folders.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { withoutLayout } from './without-layout.ts';

/** Opens a store whose contents do not outlive a block, or the node. */
const opensOther = new RegExp(
  [
    String.raw`\b(Open)?(Transient|Memory|Object)Store\(`,
    String.raw`\bKVStore\((\w+\.)*(t[kK]ey|transient\w*|mem(ory)?(Store)?Key|obj(ect)?(Store)?Key)\)`,
    String.raw`\bNewSchemaBuilderFromAccessor\(`,
  ].join('|'),
);

/**
 * Whether the code of a module, comments aside, names a prefix beside its declaration, and no function
 * that names it opens a transient, memory or object store: what lies there is no state that an
 * upgrade would have to move.
 */
export function isKept(repo: Repo, dir: string, name: string): boolean {
  const named = new RegExp(`\\b${name}\\b`, 'g');
  const files = packagesOfModule(repo, dir).flatMap(folder =>
    repo.filesOf(folder, new RegExp(named.source)),
  );
  const count = files.reduce((sum, facts) => sum + mentions(facts, named), 0);
  return count > 1 && !files.some(facts => functionsNaming(facts, named).some(isOfOther));
}

function mentions({ text }: FileFacts, named: RegExp): number {
  return withoutLayout(text).match(named)?.length ?? 0;
}

function functionsNaming({ text, funcs }: FileFacts, named: RegExp): string[] {
  return funcs
    .map(({ start, end }) => withoutLayout(text.slice(start, end)))
    .filter(body => body.search(named) >= 0);
}

function isOfOther(body: string): boolean {
  return opensOther.test(body);
}
