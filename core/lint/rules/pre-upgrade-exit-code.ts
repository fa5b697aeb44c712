import { fieldOf, stringValue, textOf } from '../../go/eval/value.ts';
import type { GoPackage, Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, calleeOf, childByField, findAll } from '../../go/syntax/syntax.ts';
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
function choosesExitCode(repo: Repo): boolean {
  const mains = repo.memoForPackages('chosen exit codes', pkg => exitsByError(repo, pkg));
  return mains.size > 0;
}

function exitsByError(repo: Repo, { dir }: GoPackage): true | undefined {
  if (isForTests(dir)) return undefined;
  const exits = repo.filesOf(dir, /^package main\b[\s\S]*\bos\.Exit\(/m).flatMap(facts =>
    facts.funcs
      .filter(func => /\bos\.Exit\(/.test(facts.text.slice(func.start, func.end)))
      .flatMap(func => findAll(repo.syntaxOf({ facts, func }), 'call_expression'))
      .filter(call => {
        const callee = calleeOf(call, facts.text);
        return callee !== undefined && textOf({ facts, node: callee }) === 'os.Exit';
      }),
  );
  return exits.some(call => callArguments(call)[0]?.type !== 'int_literal') || undefined;
}

function inPackage(repo: Repo, { dir }: GoPackage): readonly Finding[] | undefined {
  const files = isForTests(dir) ? [] : repo.filesOf(dir, written);
  const findings = files.flatMap(facts =>
    facts.funcs
      .filter(func => written.test(facts.text.slice(func.start, func.end)))
      .flatMap(func => findAll(repo.syntaxOf({ facts, func }), 'composite_literal'))
      .flatMap((node): Finding[] => {
        const body = childByField(node, 'body')!;
        const command = { expr: { facts, node }, body, type: undefined };
        const [use, run] = [fieldOf(command, 'Use'), fieldOf(command, 'RunE')];
        const name = use && stringValue(repo, use);
        if (name?.kind !== 'known' || name.value.split(' ')[0] !== 'pre-upgrade' || !run) return [];
        // The function may end the process itself on each error.
        if (/\bos\.Exit\(/.test(facts.text.slice(node.start, node.end))) return [];
        return [
          {
            location: locationOf(facts, run.node),
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
