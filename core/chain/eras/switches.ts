import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { stringValue, structOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import type { EraName } from './names.ts';
import { erasNamedIn } from './names.ts';

/** A call of `NewSwitch`, which holds a behaviour for each era. */
export interface EraSwitch {
  /** What it is called in messages; null where that cannot be read. */
  readonly name: string | null;
  /** The eras that it has a behaviour for. */
  readonly eras: readonly EraName[];
  /** Whether all of them were read. */
  readonly isWhole: boolean;
  readonly call: Expr;
  /** The literal that holds the behaviours; undefined where it is not read. */
  readonly table: Expr | undefined;
  readonly location: Location;
}

/** The switches of a framework, in the order of the files. */
export function readEraSwitches(repo: Repo, eraDir: string): EraSwitch[] {
  return filesNaming(repo, eraDir, /\bNewSwitch\b/).flatMap(facts =>
    codeIn(repo, facts)
      .flatMap(code => findAll(code, 'call_expression'))
      .filter(node => makesSwitch(repo, eraDir, { facts, node }))
      .map(node => switchAt(repo, { facts, node })),
  );
}

/**
 * The files that hold a word and belong to the framework or import it, without tests; those of an
 * app's own folder also where the app itself is for tests.
 */
export function filesNaming(
  repo: Repo,
  eraDir: string,
  word: RegExp,
  appDir?: string,
): FileFacts[] {
  return [...repo.packages.keys()]
    .filter(dir => dir === appDir || !isForTests(dir))
    .flatMap(dir =>
      repo
        .filesOf(dir, word)
        .filter(
          ({ path }) =>
            dir === eraDir ||
            repo.imports(path).some(imported => repo.dirOf(imported, dir) === eraDir),
        ),
    );
}

/** The bodies of a file's functions, and the values of its variables. */
export function codeIn(repo: Repo, facts: FileFacts): SyntaxNode[] {
  const bodies = facts.funcs.map(func => repo.syntaxOf({ facts, func }));
  const values = facts.vars.map(({ value }) => value);
  return [...values, ...bodies].filter(node => node !== undefined);
}

/** Whether a call is one of `NewSwitch`, also with its type written: `NewSwitch[T](…)`. */
function makesSwitch(repo: Repo, eraDir: string, call: Expr): boolean {
  const { callee } = goNode(call);
  const named = callee && isInstance.test(callee.type) ? callee.children[0] : callee;
  if (named?.name !== 'NewSwitch') return false;
  if (named.type === 'identifier') return dirname(call.facts.path) === eraDir;
  return importedPackage(repo, named)?.dir === eraDir;
}

const isInstance = /^(index_expression|type_instantiation_expression)$/;

function switchAt(repo: Repo, call: Expr): EraSwitch {
  const { arguments: given } = goNode(call);
  const [title] = given;
  const held = given.at(-1);
  const name = title && stringValue(repo, title);
  const table = held && structOf(repo, held);
  const eras = held ? erasNamedIn(repo, held) : [];
  return {
    name: name?.kind === 'known' ? name.value : null,
    eras,
    isWhole: table !== undefined && eras.every(one => one.name !== null),
    call,
    table: table?.expr,
    location: locationOf(call.facts, call.node),
  };
}
