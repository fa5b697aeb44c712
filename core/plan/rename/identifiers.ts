import { dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { Registration } from '../../wiring/style.ts';
import { nameConstant } from '../package/declarations.ts';
import type { Named } from '../package/naming.ts';
import { respellIdentifier } from '../package/naming.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { identifierByHabit, spells } from './habits.ts';
import type { Stretch } from './regions.ts';
import type { RenamedPlan } from './renamed-plan.ts';
import { dirsOf } from './renamed-plan.ts';
import { wordAt } from './syntax-of-file.ts';
import type { TokenPlace } from './tokens.ts';
import { tokenFile } from './tokens.ts';

/** An identifier of a package that follows the plan's name. */
export interface RenamedIdentifier {
  /** The folder of the package that declares it. */
  readonly dir: string;
  readonly from: string;
  readonly to: string;
}

/** The identifiers that follow the plan's name, and a note of each that only spells it. */
export interface IdentifierChanges {
  readonly renamed: readonly RenamedIdentifier[];
  readonly notes: readonly string[];
}

/** A name that a package declares, and where. */
interface Declared {
  readonly facts: FileFacts;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly isMethod: boolean;
}

/**
 * Which identifiers of the plan's own declarations New Upgrade named for it, as those of another
 * upgrade show, and whether every use of them is certain. The others keep their names.
 */
export function identifierChanges(
  plan: RenamedPlan,
  isOwn: (file: string, start: number) => boolean,
): IdentifierChanges {
  const { repo } = plan;
  const witnesses = namesOfOthers(plan);
  const renamed: RenamedIdentifier[] = [];
  const notes: string[] = [];
  for (const dir of dirsOfPlan(plan)) {
    for (const one of declaredIn(repo, dir)) {
      if (!isOwn(one.facts.path, one.start) || !spells(one.name, plan)) continue;
      const to = byHabitOrAlone(plan, one.name, witnesses);
      const wrong =
        to === undefined
          ? 'nothing shows that it follows the name of its upgrade'
          : useFault(repo, dir, one, to);
      if (wrong !== undefined)
        notes.push(`${one.name} in ${one.facts.path} keeps its name: ${wrong}`);
      else if (!renamed.some(other => other.dir === dir && other.from === one.name))
        renamed.push({ dir, from: one.name, to: to! });
    }
  }
  return { renamed: [...renamed, ...testNames(plan, renamed)], notes };
}

/** An app with one upgrade has it rewritten by New Upgrade, what is named for it included. */
function byHabitOrAlone(
  plan: RenamedPlan,
  name: string,
  witnesses: readonly Named[],
): string | undefined {
  const { from, to, others, repo, registrations } = plan;
  const found = identifierByHabit(name, plan, witnesses);
  if (found !== undefined || others.length > 0) return found;
  const rewritten = registrations.flatMap(one => [
    nameConstant(repo, one.nameExpr)?.spec.name,
    one.site.func.name,
  ]);
  return rewritten.includes(name) ? respellIdentifier({ name: from, text: name }, to) : undefined;
}

function dirsOfPlan({ repo, registrations, ownDirs, app }: RenamedPlan): string[] {
  const dirs = registrations.flatMap(one => [...dirsOf(repo, one), one.site.dir]);
  return [...new Set([...dirs, ...ownDirs, app.dir])];
}

/** What the packages of the other upgrades declare, each with its upgrade's name. */
function namesOfOthers({ repo, others }: RenamedPlan): Named[] {
  return others.flatMap((one: Registration) =>
    [...new Set([...dirsOf(repo, one), one.site.dir])].flatMap(dir =>
      declaredIn(repo, dir).map(({ name }) => ({ name: nameOf(one), text: name })),
    ),
  );
}

function declaredIn(repo: Repo, dir: string): Declared[] {
  return repo.filesOf(dir).flatMap(facts => [
    ...[...facts.consts, ...facts.vars].map(({ name, nameStart, nameEnd }) => ({
      facts,
      name,
      start: nameStart,
      end: nameEnd,
      isMethod: false,
    })),
    ...facts.types.map(({ name, start }) => ({
      facts,
      name,
      start,
      end: start + name.length,
      isMethod: false,
    })),
    ...facts.funcs.map(({ name, nameStart, nameEnd, receiver }) => ({
      facts,
      name,
      start: nameStart,
      end: nameEnd,
      isMethod: receiver !== undefined,
    })),
  ]);
}

/** Why an identifier cannot be given another name with certainty; undefined where it can. */
function useFault(repo: Repo, dir: string, one: Declared, to: string): string | undefined {
  for (const [path, text] of repo.texts) {
    if (!path.endsWith('.go') || !(text.includes(one.name) || text.includes(to))) continue;
    const facts = repo.facts(path)!;
    const fault =
      dirname(path) === dir
        ? faultInside(repo, facts, one, to)
        : faultOutside(repo, facts, dir, one, to);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultInside(repo: Repo, facts: FileFacts, one: Declared, to: string): string | undefined {
  const file = tokenFile(facts);
  const { tokens } = file;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    if (token.text === to) return `${to} is in use in ${facts.path}`;
    if (token.text !== one.name) continue;
    const isSelected = tokens[i - 1]?.text === '.';
    if (isSelected && isQualified(repo, { ...file, index: i - 2 })) continue;
    const use = wordAt(repo, facts, token.start);
    if (isSelected !== one.isMethod && use !== 'other')
      return `a use in ${facts.path} could not be read`;
    if (isSelected && !one.isMethod) return `${facts.path} has a field of that name`;
    if (use === 'local' || use === 'key' || use === 'unread')
      return `${facts.path} has something else of that name`;
  }
  return undefined;
}

function faultOutside(
  repo: Repo,
  facts: FileFacts,
  dir: string,
  one: Declared,
  to: string,
): string | undefined {
  const here = dirname(facts.path);
  const imports = importsOf(facts).filter(({ path }) => repo.dirOf(path, here) === dir);
  if (one.isMethod)
    return new RegExp(`\\.${one.name}\\b`).test(facts.text)
      ? `${facts.path} may use it too`
      : undefined;
  if (imports.length === 0) return undefined;
  if (imports.some(({ alias }) => alias === '.'))
    return `${facts.path} imports its package with a dot`;
  const qualifiers = imports.map(spec => qualifierOf(repo, here, spec));
  return qualifiers.some(name => new RegExp(`\\b${name}\\.${to}\\b`).test(facts.text))
    ? `${to} is in use in ${facts.path}`
    : undefined;
}

/** Whether the token at an index is the name of an import, and no field or variable of that name. */
export function isQualified(repo: Repo, { facts, tokens, index }: TokenPlace): boolean {
  const token = tokens[index];
  if (token?.kind !== 'word' || tokens[index - 1]?.text === '.') return false;
  const here = dirname(facts.path);
  const isImport = importsOf(facts).some(spec => qualifierOf(repo, here, spec) === token.text);
  return isImport && wordAt(repo, facts, token.start) !== 'local';
}

/** Tests that New Upgrade names for an identifier: `TestUpgrade_5` of `Upgrade_5`. */
function testNames(
  { repo }: RenamedPlan,
  renamed: readonly RenamedIdentifier[],
): RenamedIdentifier[] {
  return renamed.flatMap(({ dir, from, to }) => {
    const test = `Test${from}`;
    const isThere = [...repo.texts.keys()].some(
      path =>
        path.endsWith('_test.go') &&
        dirname(path) === dir &&
        repo.facts(path)!.funcs.some(({ name }) => name === test),
    );
    return isThere ? [{ dir, from: test, to: `Test${to}` }] : [];
  });
}

/** Whether a place lies in one of some stretches. */
export function liesIn(stretches: readonly Stretch[], file: string, start: number): boolean {
  return stretches.some(one => one.file === file && one.start <= start && start < one.end);
}
