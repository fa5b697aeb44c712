import type { Expr } from '../../go/eval/value.ts';
import {
  calledFunction,
  fieldOf,
  functionNamed,
  stringValue,
  textOf,
} from '../../go/eval/value.ts';
import type { GoPackage, Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import {
  callArguments,
  calleeOf,
  childByField,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import type { Finding, Rule } from '../rule.ts';

/**
 * A `pre-upgrade` command that reports failure by an error: cobra exits with 1 then, which
 * cosmovisor takes for a command that does not exist
 * (docs/version-guard.md).
 */
export const preUpgradeExitCode: Rule = {
  name: 'pre-upgrade-exit-code',
  severity: 'warning',
  summary: 'a pre-upgrade command returns its errors, which cosmovisor takes for a missing command',
  repair: 'end the command with os.Exit(30) on an error, in Run instead of RunE',
  *check({ repo, apps }) {
    if (apps.length === 0 || choosesExitCode(repo)) return;
    const found = repo.memoForPackages('pre-upgrade commands', pkg => inPackage(repo, pkg));
    for (const findings of found.values()) yield* findings;
  },
};

const written = /["`]pre-upgrade\b/;

/**
 * Whether a main package ends the process with a code that is not written there: it may be the
 * one that an error carries, such as the SDK's server.ErrorCode.
 */
export function choosesExitCode(repo: Repo): boolean {
  const mains = repo.memoForPackages('chosen exit codes', pkg => exitsByError(repo, pkg));
  return mains.size > 0;
}

function exitsByError(repo: Repo, { dir }: GoPackage): true | undefined {
  if (isForTests(dir)) return undefined;
  const calls = repo.filesOf(dir, /^package main\b[\s\S]*\bos\.Exit\(/m).flatMap(facts =>
    facts.funcs
      .filter(func => /\bos\.Exit\(/.test(facts.text.slice(func.start, func.end)))
      .flatMap(func => findAll(repo.syntaxOf({ facts, func }), 'call_expression'))
      .filter(call => {
        const callee = calleeOf(call, facts.text);
        return callee !== undefined && textOf({ facts, node: callee }) === 'os.Exit';
      }),
  );
  return calls.some(call => callArguments(call)[0]?.type !== 'int_literal') || undefined;
}

function inPackage(repo: Repo, { dir }: GoPackage): readonly Finding[] | undefined {
  const files = isForTests(dir) ? [] : repo.filesOf(dir, written);
  const findings = files.flatMap(facts =>
    facts.funcs
      .filter(func => written.test(facts.text.slice(func.start, func.end)))
      .flatMap(func => findAll(repo.syntaxOf({ facts, func }), 'composite_literal'))
      .flatMap((node): Finding[] => {
        const run = errorsOf(repo, { facts, node });
        if (!run) return [];
        return [
          {
            location: locationOf(run.facts, run.node),
            message: 'the command pre-upgrade returns its errors, so it exits with 1',
            consequence:
              'cosmovisor takes exit 1 for a command that does not exist, and starts the new binary ' +
              'all the same; 30 ends the upgrade',
          },
        ];
      }),
  );
  return findings.length > 0 ? findings : undefined;
}

/** What a literal is given as RunE, where it is the command and only returns its errors. */
function errorsOf(repo: Repo, literal: Expr): Expr | undefined {
  const body = childByField(literal.node, 'body')!;
  const command = { expr: literal, body, type: undefined };
  const use = fieldOf(command, 'Use');
  const name = use && stringValue(repo, use);
  if (name?.kind !== 'known' || name.value.split(' ')[0] !== 'pre-upgrade') return undefined;
  const run = fieldOf(command, 'RunE') ?? assignedRun(literal);
  const ran = run && functionNamed(repo, run);
  if (!ran) return undefined;
  // What it calls may end the process; what stands around it does so for other commands too.
  const helpers = findAll(ran.node, 'call_expression').flatMap(
    node => calledFunction(repo, { facts: ran.facts, node }) ?? [],
  );
  return [ran, ...helpers].some(exits) ? undefined : run;
}

/** The function may end the process itself on each error. */
function exits({ facts, node }: Pick<Expr, 'facts' | 'node'>): boolean {
  return /\bos\.Exit\(/.test(facts.text.slice(node.start, node.end));
}

/** What `RunE` of the variable that holds a literal is set to, once, behind it. */
function assignedRun(literal: Expr): Expr | undefined {
  const { facts, node } = literal;
  const declaration = enclosing(node, 'short_var_declaration', 'block');
  if (declaration?.type !== 'short_var_declaration') return undefined;
  const left = namedChildren(childByField(declaration, 'left'));
  if (left.length !== 1) return undefined;
  const target = `${textOf({ facts, node: left[0]! })}.RunE`;
  const values = findAll(enclosingFunction(node), 'assignment_statement').flatMap(statement => {
    const [to, ...others] = namedChildren(childByField(statement, 'left'));
    const isRun = to && others.length === 0 && textOf({ facts, node: to }) === target;
    return isRun ? namedChildren(childByField(statement, 'right')) : [];
  });
  return values.length === 1 ? { facts, node: values[0]! } : undefined;
}
