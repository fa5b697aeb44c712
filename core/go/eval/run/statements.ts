import type { SyntaxNode } from '../../syntax/syntax.ts';
import {
  callArguments,
  childByField,
  findAll,
  namedChildren,
  rangeClause,
} from '../../syntax/syntax.ts';
import type { Expr } from '../expr.ts';
import { exprAt, textOf } from '../expr.ts';
import { calledAtOnce, leavesFunction } from '../flow.ts';
import { changedIn } from './assigned.ts';
import { effectOf } from './effects.ts';
import type { Environment } from './environment.ts';
import type { Machine } from './machine.ts';

/** Where a run leaves its function: a `return`, with the variables as they are there. */
export interface Leave {
  readonly statement: Expr;
  readonly env: Environment;
}

/** What a run of a function comes to. */
export interface Ran {
  /** The `return`s that it may come to. */
  readonly leaves: readonly Leave[];
  /** The variables behind the last statement, where it may come there. */
  readonly end: Environment | undefined;
  /** The variables at the node that was looked for, once for each time that it comes there. */
  readonly hits: readonly Environment[];
}

/** A point between the statements of a body: the next one's index, and the variables there. */
export interface Point {
  readonly next: number;
  readonly env: Environment;
}

/** The point before the first statement of a body. */
export const startWith = (env: Environment): Point => ({ next: 0, env });

/**
 * Runs a body's statements up to the first one that comes to `target`, that is not left at its end
 * or in which `isOver` comes to hold: what lies before it is the same for whoever runs on from
 * there.
 */
export function runUntil(
  machine: Machine,
  body: Expr,
  env: Environment,
  target: SyntaxNode,
  isOver: () => boolean,
): Point {
  let at = env;
  for (const [next, statement] of body.node.children.entries()) {
    if (liesIn(statement, target)) return { next, env: at };
    const ways = new Run(machine, target).statement(exprAt(body, statement), at);
    if (!ways.next || isOver()) return { next, env: at };
    at = ways.next;
  }
  return { next: body.node.children.length, env: at };
}

/**
 * Runs the body of a function from a point of it, both ways where it parts and the machine does not know which. With
 * `target` it says how that node is reached.
 */
export function runBody(machine: Machine, body: Expr, from: Point, target?: SyntaxNode): Ran {
  const run = new Run(machine, target);
  const ways = run.sequence(body, body.node.children.slice(from.next), from.env);
  return { leaves: run.leaves, hits: run.hits, end: ways.next };
}

/** The ways behind a statement: onward, or to the end of a loop or switch around it. */
interface Ways {
  readonly next: Environment | undefined;
  readonly breaks: readonly Jump[];
  readonly continues: readonly Jump[];
}

interface Jump {
  readonly label: string;
  readonly env: Environment;
}

const onward = (next: Environment | undefined): Ways => ({ next, breaks: [], continues: [] });
const cases = new Set(['expression_case', 'type_case', 'default_case', 'communication_case']);
/** More rounds than that are not gone through one by one. */
const mostRounds = 300;

class Run {
  readonly leaves: Leave[] = [];
  readonly hits: Environment[] = [];

  private readonly machine: Machine;
  private readonly target: SyntaxNode | undefined;

  constructor(machine: Machine, target: SyntaxNode | undefined) {
    this.machine = machine;
    this.target = target;
  }

  /** Statements one after another. */
  sequence(around: Expr, statements: readonly SyntaxNode[], env: Environment): Ways {
    let at: Environment | undefined = env;
    const breaks: Jump[] = [];
    const continues: Jump[] = [];
    for (const statement of statements) {
      if (!at) break;
      const ways = this.statement(exprAt(around, statement), at);
      breaks.push(...ways.breaks);
      continues.push(...ways.continues);
      at = ways.next;
    }
    return { next: at, breaks, continues };
  }

  /** Statements with a scope of their own. */
  private scope(around: Expr, statements: readonly SyntaxNode[], env: Environment): Ways {
    return leftBy(this.sequence(around, statements, env), env);
  }

  /** One statement. */
  statement(statement: Expr, env: Environment): Ways {
    const { node } = statement;
    switch (node.type) {
      case 'block':
        return this.scope(statement, node.children, env);
      case 'if_statement':
        return this.ifStatement(statement, env);
      case 'expression_switch_statement':
        return this.switchStatement(statement, env);
      case 'type_switch_statement':
      case 'select_statement':
        return this.anyCase(statement, env);
      case 'for_statement':
        return this.loop(statement, env);
      case 'labeled_statement':
        return this.labelled(statement, env);
    }
    return this.simple(statement, env);
  }

  /** A statement without others in it, but for those of closures. */
  private simple(statement: Expr, env: Environment): Ways {
    const { node } = statement;
    const closure = calledAtOnce(node);
    if (closure && callArguments(namedChildren(node)[0]!).length === 0)
      return this.atOnce(exprAt(statement, closure), env);
    if (this.holdsTarget(node)) this.reach(statement, env);
    switch (node.type) {
      case 'return_statement':
        this.leaves.push({ statement, env });
        return onward(undefined);
      case 'break_statement':
        return { ...onward(undefined), breaks: [{ label: labelOf(statement), env }] };
      case 'continue_statement':
        return { ...onward(undefined), continues: [{ label: labelOf(statement), env }] };
      case 'goto_statement':
        return onward(undefined);
      case 'expression_statement':
        if (leavesFunction(node, statement.facts.text)) return onward(undefined);
    }
    return onward(effectOf(this.machine, statement, env));
  }

  /** The body of a closure that is called where it stands: its `return`s lead behind it. */
  private atOnce(body: Expr, env: Environment): Ways {
    const inner = new Run(this.machine, this.target);
    const { next } = inner.sequence(body, body.node.children, env);
    this.hits.push(...inner.hits);
    const ends = inner.leaves.map(leave => leave.env);
    if (next) ends.push(next);
    const left = ends.map(end => end.outOf(env));
    return onward(left.length > 0 ? env.join(left) : undefined);
  }

  private holdsTarget(node: SyntaxNode): boolean {
    return this.target !== undefined && liesIn(node, this.target);
  }

  /** The target lies in this statement, or in a closure that stands in it. */
  private reach(statement: Expr, env: Environment): void {
    const closure = findAll(statement.node, 'func_literal').find(one => this.holdsTarget(one));
    const body = childByField(closure, 'body');
    if (!body) this.hits.push(env);
    else this.sequence(exprAt(statement, body), body.children, env);
  }

  private ifStatement(statement: Expr, env: Environment): Ways {
    const { node } = statement;
    const inner = this.header(statement, env);
    const holds = this.machine.isTrue(exprAt(statement, childByField(node, 'condition')!), inner);
    const branches: Ways[] = [];
    if (holds !== false) branches.push(this.part(statement, 'consequence', inner));
    if (holds !== true) branches.push(this.part(statement, 'alternative', inner));
    return leftBy(together(branches, inner), env);
  }

  /** What runs before the condition: `x := f()` in `if x := f(); x > 0 { … }`. */
  private header(statement: Expr, env: Environment): Environment {
    const before = childByField(statement.node, 'initializer');
    return before ? effectOf(this.machine, exprAt(statement, before), env) : env;
  }

  private part(statement: Expr, field: string, env: Environment): Ways {
    const part = childByField(statement.node, field);
    return part ? this.statement(exprAt(statement, part), env) : onward(env);
  }

  private switchStatement(statement: Expr, env: Environment): Ways {
    const inner = this.header(statement, env);
    const tag = childByField(statement.node, 'value');
    const branches = statement.node.children.filter(({ type }) => cases.has(type));
    const taken: Ways[] = [];
    let isTaken: boolean | undefined = false;
    for (const [i, branch] of branches.entries()) {
      if (branch.type === 'default_case') continue;
      const holds = this.isCase(statement, tag, branch, inner);
      if (holds === false) continue;
      taken.push(this.caseBody(statement, branches, i, inner));
      isTaken = holds;
      if (holds) break;
    }
    if (isTaken !== true) {
      const other = branches.findIndex(({ type }) => type === 'default_case');
      taken.push(other < 0 ? onward(inner) : this.caseBody(statement, branches, other, inner));
    }
    return leftBy(behindSwitch(together(taken, inner), inner), env);
  }

  /** Whether a case is the one of its switch, as one of its values. */
  private isCase(
    statement: Expr,
    tag: SyntaxNode | undefined,
    branch: SyntaxNode,
    env: Environment,
  ): boolean | undefined {
    let found: boolean | undefined = false;
    for (const value of namedChildren(childByField(branch, 'value'))) {
      const expr = exprAt(statement, value);
      const holds = tag
        ? this.machine.isEqual(exprAt(statement, tag), expr, env)
        : this.machine.isTrue(expr, env);
      if (holds) return true;
      if (holds === undefined) found = undefined;
    }
    return found;
  }

  /** The statements of a case, and of the next one where it falls through. */
  private caseBody(
    statement: Expr,
    branches: readonly SyntaxNode[],
    index: number,
    env: Environment,
  ): Ways {
    const body = bodyOf(branches[index]!);
    const fallsThrough = body.at(-1)?.type === 'fallthrough_statement';
    const ways = this.scope(statement, body, env);
    if (!fallsThrough || !ways.next || index + 1 >= branches.length) return ways;
    const following = this.caseBody(statement, branches, index + 1, ways.next);
    return {
      next: following.next,
      breaks: [...ways.breaks, ...following.breaks],
      continues: [...ways.continues, ...following.continues],
    };
  }

  /** A switch whose case is not known. */
  private anyCase(statement: Expr, env: Environment): Ways {
    const inner = this.header(statement, env);
    const branches = statement.node.children.filter(({ type }) => cases.has(type));
    const ways = branches.map(branch => this.scope(statement, bodyOf(branch), inner));
    if (!branches.some(({ type }) => type === 'default_case')) ways.push(onward(inner));
    return leftBy(behindSwitch(together(ways, inner), inner), env);
  }

  private loop(statement: Expr, env: Environment): Ways {
    const clause = rangeClause(statement.node);
    const list = childByField(clause, 'right');
    const rounds = list && this.machine.roundsOf(exprAt(statement, list), env);
    if (!rounds || rounds.length > mostRounds) return this.anyRounds(statement, env);
    const names = namedChildren(childByField(clause, 'left')).map(name =>
      textOf(exprAt(statement, name)),
    );
    const left: Environment[] = [];
    const jumps: { breaks: Jump[]; continues: Jump[] } = { breaks: [], continues: [] };
    let at: Environment | undefined = env;
    for (const { key, value } of rounds) {
      if (!at) break;
      const [first, second] = names;
      let inner: Environment = at;
      if (first !== undefined) inner = inner.declare(first, key);
      if (second !== undefined) inner = inner.declare(second, value);
      const ways = leftBy(this.part(statement, 'body', inner), at);
      left.push(...ways.breaks.filter(({ label }) => label === '').map(jump => jump.env));
      jumps.breaks.push(...ways.breaks.filter(({ label }) => label !== ''));
      jumps.continues.push(...ways.continues.filter(({ label }) => label !== ''));
      const on = ways.continues.filter(({ label }) => label === '').map(jump => jump.env);
      if (ways.next) on.push(ways.next);
      at = on.length > 0 ? env.join(on) : undefined;
    }
    if (at) left.push(at);
    return { next: left.length > 0 ? env.join(left) : undefined, ...jumps };
  }

  /** A loop whose rounds are not known: what it may change is not known behind it. */
  private anyRounds(statement: Expr, env: Environment): Ways {
    let unknown = env;
    for (const name of changedIn(statement))
      unknown = unknown.assign(name, {
        kind: 'unknown',
        at: statement,
        why: `${name} is set in a loop`,
      });
    let inner = unknown;
    for (const name of loopNames(statement))
      inner = inner.declare(name, {
        kind: 'unknown',
        at: statement,
        why: `${name} is a loop variable`,
      });
    const { breaks, continues } = this.part(statement, 'body', inner);
    const isOuter = ({ label }: Jump) => label !== '';
    return {
      next: unknown,
      breaks: breaks.filter(isOuter),
      continues: continues.filter(isOuter),
    };
  }

  private labelled(statement: Expr, env: Environment): Ways {
    const [name, inner] = namedChildren(statement.node);
    if (!name || !inner) return onward(env);
    const label = textOf(exprAt(statement, name));
    const ways = this.statement(exprAt(statement, inner), env);
    const isOwn = (jump: Jump) => jump.label === label;
    const here = [...ways.breaks, ...ways.continues].filter(isOwn).map(jump => jump.env.outOf(env));
    if (ways.next) here.push(ways.next);
    return {
      next: here.length > 0 ? env.join(here) : undefined,
      breaks: ways.breaks.filter(jump => !isOwn(jump)),
      continues: ways.continues.filter(jump => !isOwn(jump)),
    };
  }
}

function liesIn(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function bodyOf(branch: SyntaxNode): readonly SyntaxNode[] {
  return branch.children.filter(({ field }) => field === undefined);
}

function labelOf(statement: Expr): string {
  const [label] = namedChildren(statement.node);
  return label ? textOf(exprAt(statement, label)) : '';
}

/** The variables that a loop's header declares. */
function loopNames(loop: Expr): string[] {
  const header = loop.node.children.find(({ type }) => /^(range|for)_clause$/.test(type));
  const left =
    childByField(header, 'left') ?? childByField(childByField(header, 'initializer'), 'left');
  return namedChildren(left).map(name => textOf(exprAt(loop, name)));
}

/** Ways that part in one place and meet again. */
function together(ways: readonly Ways[], parted: Environment): Ways {
  const on = ways.flatMap(({ next }) => next ?? []);
  return {
    next: on.length > 0 ? parted.join(on) : undefined,
    breaks: ways.flatMap(({ breaks }) => breaks),
    continues: ways.flatMap(({ continues }) => continues),
  };
}

function behindSwitch(ways: Ways, parted: Environment): Ways {
  const here = ways.breaks.filter(({ label }) => label === '').map(({ env }) => env);
  if (ways.next) here.push(ways.next);
  return {
    next: here.length > 0 ? parted.join(here) : undefined,
    breaks: ways.breaks.filter(({ label }) => label !== ''),
    continues: ways.continues,
  };
}

/** The same ways without what was declared since `outer`. */
function leftBy({ next, breaks, continues }: Ways, outer: Environment): Ways {
  const left = (jump: Jump): Jump => ({ ...jump, env: jump.env.outOf(outer) });
  return {
    next: next?.outOf(outer),
    breaks: breaks.map(left),
    continues: continues.map(left),
  };
}
