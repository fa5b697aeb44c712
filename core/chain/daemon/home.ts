import { dirname } from '../../files.ts';
import { givenTo, runsAtStart } from '../../go/eval/given.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve, returnedBy, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';

const deepest = 8;

/**
 * The folder that an expression names as a node's home, with `~` for the user's own: what
 * `filepath.Join(userHomeDir, "." + Name)`, `os.ExpandEnv("$HOME/.gaia")` and
 * `clienthelpers.GetNodeHomeDirectory(".starsd")` give. Undefined where it cannot be read.
 */
export function homeFolder(repo: Repo, expr: Expr): string | undefined {
  const path = pathOf(repo, expr, 0);
  return path?.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}

function pathOf(repo: Repo, expr: Expr, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  const node = goNode(expr).withoutParens;
  switch (node.type) {
    case 'call_expression':
      return calledPath(repo, node, depth);
    case 'binary_expression': {
      const [left, right] = [node.field('left'), node.field('right')].map(
        side => side && pathOf(repo, side, depth + 1),
      );
      return node.operator === '+' && left !== undefined && right !== undefined
        ? left + right
        : undefined;
    }
    case 'identifier':
    case 'selector_expression':
      return namedPath(repo, node, depth);
  }
  return text(repo, node);
}

function text(repo: Repo, expr: Expr): string | undefined {
  const value = stringValue(repo, expr);
  return value.kind === 'known' ? value.value : undefined;
}

/** What a name stands for, also where a call gives it together with an error. */
function namedPath(repo: Repo, name: GoNode, depth: number): string | undefined {
  const known = text(repo, name);
  if (known !== undefined) return known;
  const target = resolve(repo, name);
  if ('expr' in target)
    return target.expr.node === name.node ? undefined : pathOf(repo, target.expr, depth + 1);
  const given = givenWithError(repo, name);
  return given && pathOf(repo, given, depth + 1);
}

/** The call in `DefaultNodeHome, err = home()`, which runs when the program begins. */
function givenWithError(repo: Repo, name: GoNode): Expr | undefined {
  const imported = name.type === 'selector_expression' ? importedPackage(repo, name) : undefined;
  const dir = name.type === 'identifier' ? dirname(name.facts.path) : imported?.dir;
  if (dir === undefined) return undefined;
  const [only, ...others] = givenTo(repo, dir, name.name);
  if (!only || others.length > 0 || !runsAtStart(only)) return undefined;
  const here = { facts: only.facts, node: only.statement };
  const [target] = namedChildren(childByField(only.statement, 'left'));
  const [value, ...more] = namedChildren(childByField(only.statement, 'right'));
  const isFirst = target && goNode(exprAt(here, target)).text === name.name;
  return value && more.length === 0 && isFirst ? exprAt(here, value) : undefined;
}

/** Calls of Go and the SDK that make a path. */
function calledPath(repo: Repo, call: GoNode, depth: number): string | undefined {
  const given = call.arguments;
  const path = call.callee && importedPackage(repo, call.callee)?.path;
  const parts = () => given.map(part => pathOf(repo, part, depth + 1));
  switch (path === undefined ? '' : `${path.replace(/^.*\//, '')}.${call.name}`) {
    case 'os.UserHomeDir':
      return '~';
    case 'os.Getenv':
      return given[0] && text(repo, given[0]) === 'HOME' ? '~' : undefined;
    case 'os.ExpandEnv':
      return given[0] && expanded(pathOf(repo, given[0], depth + 1));
    case 'filepath.Join':
    case 'path.Join': {
      const known = parts();
      return known.includes(undefined) ? undefined : known.join('/');
    }
    case 'fmt.Sprintf':
      return formatted(parts());
    // client/helpers of the SDK (0.50.8 and newer): the folder of that name in the user's home.
    case 'helpers.GetNodeHomeDirectory':
      return joined('~', parts()[0]);
  }
  const returned = returnedBy(repo, call);
  return returned ? pathOf(repo, returned, depth + 1) : text(repo, call);
}

function joined(folder: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${folder}/${name}`;
}

/** Nothing but the user's home can be expanded here. */
function expanded(path: string | undefined): string | undefined {
  const known = path?.replace(/^\$(HOME\b|\{HOME\})/, '~');
  return known?.includes('$') ? undefined : known;
}

/** A format that has no other verb than `%s`. */
function formatted([format, ...values]: readonly (string | undefined)[]): string | undefined {
  if (format === undefined || values.includes(undefined)) return undefined;
  const pieces = format.split('%s');
  const isPlain = pieces.length === values.length + 1 && !pieces.some(piece => piece.includes('%'));
  return isPlain ? pieces.map((piece, i) => piece + (values[i] ?? '')).join('') : undefined;
}
