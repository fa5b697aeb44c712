import { dirname } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { dedentRest } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { hasWord, importsUsed } from '../go-tree.ts';

/** Types of a migration's package, declared once more for the next one. */
export interface OwnTypes {
  readonly text: string;
  readonly imports: readonly ImportSpec[];
}

/** A migration's package, what its function takes, and what a call of it hands over. */
export interface OlderPackage {
  readonly dir: string;
  readonly parameters: string;
  /** The name that the package has where it is called, and the arguments, as text. */
  readonly qualifier: string;
  readonly given: string;
}

interface Declared {
  readonly facts: FileFacts;
  readonly spec: TypeSpec;
}

/**
 * The package's own types that the parameters name, to be declared once more. Undefined where what
 * is handed over would not be of the new type: of all types that have a name, any value is one of
 * an interface with its methods, and a function without a named type is one of a function type.
 */
export function ownTypes(repo: Repo, older: OlderPackage): OwnTypes | undefined {
  const declared = repo
    .filesOf(older.dir)
    .flatMap(facts => facts.types.map((spec): Declared => ({ facts, spec })));
  const typesOnly = older.parameters.replace(/(^|,)\s*\w+ /g, '$1 ');
  const named = declared.filter(({ spec }) => isNamedIn(typesOnly, spec.name));
  const fits = named.every(one => isClosed(one, declared) && takesTheSame(repo, one, older));
  if (!fits) return undefined;
  return {
    text: named.map(declarationOf).join('\n\n'),
    imports: named.flatMap(one => importsUsed(repo, one.facts, declarationOf(one))),
  };
}

/** Whether a text names a type of its own package; a method of that name does not count. */
function isNamedIn(text: string, name: string): boolean {
  return new RegExp(`(?<![.\\w])${name}\\b(?![.(])`).test(text);
}

/** Whether a type names no other type of its package. */
function isClosed({ facts, spec }: Declared, declared: readonly Declared[]): boolean {
  const text = facts.text.slice(spec.syntax.start, spec.syntax.end);
  return !declared.some(other => other.spec !== spec && isNamedIn(text, other.spec.name));
}

function takesTheSame(repo: Repo, { spec }: Declared, older: OlderPackage): boolean {
  if (spec.alias || spec.syntax.type === 'interface_type') return true;
  if (spec.syntax.type !== 'function_type') return false;
  return !hasWord(older.given, older.qualifier) && !isNamedOutside(repo, older.dir, spec.name);
}

/** Whether another package names a type, so that it may hold values of it. */
function isNamedOutside(repo: Repo, home: string, name: string): boolean {
  const path = repo.importPath(home);
  const use = new RegExp(`\\.${name}\\b`);
  const names = (facts: FileFacts) =>
    importsOf(facts)
      .filter(one => one.path === path)
      .map(one => qualifierOf(repo, dirname(facts.path), one))
      .some(qualifier => hasWord(facts.text, `${qualifier}\\.${name}`));
  return [...repo.packages.keys()].some(dir => dir !== home && repo.filesOf(dir, use).some(names));
}

function declarationOf({ facts: { text }, spec }: Declared): string {
  const alone = /\btype[ \t]+$/.exec(text.slice(0, spec.start));
  const comment = commentAbove(text, alone ? alone.index : spec.start);
  const body = text.slice(spec.start, spec.end);
  const declaration = `type ${alone ? body : dedentRest(body, '\t')}`;
  return comment === '' ? declaration : `${comment}\n${declaration}`;
}
