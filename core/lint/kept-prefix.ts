import { packagesOfModule } from '../chain/modules/module-folders.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { withoutLayout } from '../go/source/without-layout.ts';

/** Opens a store whose contents do not outlive a block, or the node. */
const opensOther = new RegExp(
  [
    String.raw`(Transient|Memory|Object)Store\(`,
    String.raw`\b[tT]Store\(`,
    String.raw`\bKVStore\((\w+\.)*(t(ransient)?|mem(ory)?|obj(ect)?)([sS]tore)?[kK]eys?(\[[^\]]*\])?\)`,
    String.raw`\bKVStore\((\w+\.)*transient\w*\)`,
    String.raw`\bNewSchemaBuilderFromAccessor\(`,
  ].join('|'),
);

/** Gives such a store. */
const givesOther = new RegExp(`\\breturn [^;\\n]*(${opensOther.source})`);

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
  if (count <= 1) return false;
  const openers = openersOf(repo, dir);
  const isOfOther = (body: string) => opensOther.test(body) || (openers?.test(body) ?? false);
  return !files.some(facts => functionsNaming(facts, named).some(isOfOther));
}

/** What calls a function of the module that opens such a store for others; undefined without one. */
function openersOf(repo: Repo, dir: string): RegExp | undefined {
  const names = packagesOfModule(repo, dir).flatMap(folder =>
    repo
      .filesOf(folder, opensOther)
      .flatMap(({ text, funcs }) =>
        funcs
          .filter(({ start, end }) => givesOther.test(withoutLayout(text.slice(start, end))))
          .map(({ name }) => name),
      ),
  );
  return names.length > 0 ? new RegExp(`\\b(${names.join('|')})\\(`) : undefined;
}

function mentions({ text }: FileFacts, named: RegExp): number {
  return withoutLayout(text).match(named)?.length ?? 0;
}

function functionsNaming({ text, funcs }: FileFacts, named: RegExp): string[] {
  return funcs
    .map(({ start, end }) => withoutLayout(text.slice(start, end)))
    .filter(body => body.search(named) >= 0);
}
