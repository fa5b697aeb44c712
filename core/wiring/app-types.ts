import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts, Func } from '../go/source/facts.ts';
import { identifiersIn, identifiersOf } from '../go/source/func-words.ts';
import { typeRefOf } from '../go/source/type-ref.ts';
import { resultTypes } from '../go/syntax/results.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, findAll } from '../go/syntax/syntax.ts';
import { appStructs, filesWithApps } from './app-structs.ts';

/**
 * The app's struct of a package: the one that embeds the SDK's app. Of several, such as one for
 * simulations, the one that other packages make, then the one with most methods.
 */
export function appTypeOf(repo: Repo, dir: string): string | undefined {
  return repo.memoWithDependencies(dir, 'app type', () => {
    const types = appTypesIn(repo, dir);
    if (types.length < 2) return types[0];
    const made = types.filter(type => isMadeElsewhere(repo, dir, type));
    const methods = (type: string) =>
      repo.functions(dir).filter(({ func }) => func.receiver?.type === type).length;
    const candidates = made.length > 0 ? made : types;
    return candidates.reduce((best, type) => (methods(type) > methods(best) ? type : best));
  });
}

/** All structs of a package that embed the SDK's app. */
function appTypesIn(repo: Repo, dir: string): string[] {
  return (filesWithApps(repo).get(dir) ?? []).flatMap(path => appStructs(repo, path));
}

/** Whether another package calls a function that makes the type. */
function isMadeElsewhere(repo: Repo, dir: string, type: string): boolean {
  const makers = repo
    .functions(dir)
    .filter(({ func, facts }) => !func.receiver && resultsOf(func, facts).includes(type))
    .map(({ func }) => `.${func.name}(`);
  return [...repo.packages.values()].some(
    other =>
      other.dir !== dir &&
      other.files.some(path => makers.some(maker => repo.texts.get(path)!.includes(maker))),
  );
}

function resultsOf({ syntax }: Func, { text }: FileFacts): string[] {
  return resultTypes(syntax).flatMap(type => typeRefOf(type, text)?.name ?? []);
}

/**
 * The functions and variables of a package that only another app type of it uses: its methods, what
 * makes it, and what only these speak of. Methods are named `Type.method`.
 */
export function codeOfOtherApps(repo: Repo, dir: string): ReadonlySet<string> {
  return repo.memoWithDependencies(dir, 'code of other apps', () => {
    const types = appTypesIn(repo, dir);
    const own = appTypeOf(repo, dir);
    const others = new Set(types.filter(type => type !== own));
    return others.size === 0 ? new Set<string>() : findCodeOf(repo, dir, others, own!);
  });
}

/** Something that a package declares, and the names that it mentions. */
interface Declared {
  readonly name: string;
  readonly mentions: ReadonlySet<string>;
  readonly isTheirs: boolean;
}

function findCodeOf(
  repo: Repo,
  dir: string,
  others: ReadonlySet<string>,
  own: string,
): ReadonlySet<string> {
  const declared = declaredIn(repo, dir, others, own);
  const theirs = new Set(declared.filter(one => one.isTheirs).map(({ name }) => name));
  for (let before = -1; before !== theirs.size; ) {
    before = theirs.size;
    for (const { name } of declared) {
      const users = declared.filter(other => other.name !== name && other.mentions.has(name));
      if (users.length > 0 && users.every(user => theirs.has(user.name)) && !isExported(name))
        theirs.add(name);
    }
  }
  return theirs;
}

function isExported(name: string): boolean {
  return /^[A-Z]/.test(name.slice(name.indexOf('.') + 1));
}

function declaredIn(repo: Repo, dir: string, others: ReadonlySet<string>, own: string): Declared[] {
  const functions = repo.functions(dir).map(({ facts, func }): Declared => {
    const type = func.receiver?.type;
    const name = declaredName(func);
    const makes = typesMadeIn(func.syntax, facts.text);
    const isMaker = resultsOf(func, facts).some(result => others.has(result));
    const makesTheirs = makes.some(made => others.has(made)) && !makes.includes(own);
    return {
      name,
      mentions: identifiersOf(func, facts.text),
      isTheirs: (type !== undefined && others.has(type)) || isMaker || makesTheirs,
    };
  });
  const variables = repo.filesOf(dir).flatMap(facts =>
    facts.vars.map(
      ({ name, value }): Declared => ({
        name,
        mentions: value ? identifiersIn(value, facts.text) : new Set(),
        isTheirs: false,
      }),
    ),
  );
  return [...functions, ...variables];
}

function typesMadeIn(syntax: SyntaxNode | undefined, text: string): string[] {
  return findAll(syntax, 'composite_literal').flatMap(
    literal => typeRefOf(childByField(literal, 'type'), text)?.name ?? [],
  );
}

/** The name under which `codeOfOtherApps` has a function. */
export function declaredName({ name, receiver }: Func): string {
  return receiver ? `${receiver.type}.${name}` : name;
}
