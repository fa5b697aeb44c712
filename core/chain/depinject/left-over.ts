import { goNode } from '../../go/eval/go-node.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func, ValueSpec } from '../../go/source/facts.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import type { AppCall } from '../app/app-code.ts';

/** Something that a package declares. */
interface Declaration {
  readonly dir: string;
  readonly facts: FileFacts;
  readonly item: ValueSpec | Func;
}

/**
 * Whether nothing takes an app configuration: it is assigned to `_`, or to a name that only tests
 * speak of. Then the app is wired in another way.
 */
export function isLeftOver(repo: Repo, { call, dir, func }: AppCall): boolean {
  const { facts, node } = call;
  const holder = facts.vars.find(({ start, end }) => start <= node.start && node.end <= end);
  const item = func ?? holder;
  return item !== undefined && !isTaken(repo, { dir, facts, item }, new Set());
}

/** Whether code takes what is declared, directly or by another variable. */
function isTaken(repo: Repo, declared: Declaration, seen: Set<string>): boolean {
  const { name } = declared.item;
  const key = `${declared.dir} ${name}`;
  if (seen.has(key)) return false;
  seen.add(key);
  // Functions that run by themselves, and methods, are not looked for by name.
  if (name === 'init' || ('receiver' in declared.item && declared.item.receiver)) return true;
  if (name === '_') return false;
  for (const { dir, files } of repo.packages.values()) {
    if (isForTests(dir) && dir !== declared.dir) continue;
    for (const path of files) {
      const isSpeaking = repo.memoByText(path, `says ${name}`, text => hasWord(text, name));
      const facts = isSpeaking ? repo.facts(path) : undefined;
      if (facts && isTakenIn(repo, declared, { dir, facts }, seen)) return true;
    }
  }
  return false;
}

function hasWord(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

function isTakenIn(
  repo: Repo,
  declared: Declaration,
  { dir, facts }: Omit<Declaration, 'item'>,
  seen: Set<string>,
): boolean {
  const isOther = (item: ValueSpec | Func) =>
    facts !== declared.facts || item.start !== declared.item.start;
  const inFunction = facts.funcs.some(
    func => isOther(func) && func.syntax && speaksOf(repo, declared, { dir, facts }, func.syntax),
  );
  if (inFunction) return true;
  const holders = facts.vars.filter(
    spec => isOther(spec) && spec.value && speaksOf(repo, declared, { dir, facts }, spec.value),
  );
  return holders.some(item => isTaken(repo, { dir, facts, item }, seen));
}

/** Whether code names it: `AppConfig` in its own package, `app.AppConfig` in others. */
function speaksOf(
  repo: Repo,
  declared: Declaration,
  { dir, facts }: Omit<Declaration, 'item'>,
  syntax: Parameters<typeof findAll>[0],
): boolean {
  const { name } = declared.item;
  if (dir === declared.dir)
    return findAll(syntax, 'identifier').some(node => goNode({ facts, node }).text === name);
  return findAll(syntax, 'selector_expression').some(node => {
    const selector = goNode({ facts, node });
    const { qualifier } = selector;
    return (
      selector.name === name &&
      qualifier !== undefined &&
      repo.folderOf(facts, qualifier) === declared.dir
    );
  });
}
