import { goNode } from '../../go/eval/go-node.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import { appFolders } from '../app/app-code.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';

const setter = 'SetBech32PrefixForAccount';

/** Constants that chains hold the prefix of their accounts in. */
const constants = [
  'Bech32PrefixAccAddr',
  'AccountAddressPrefix',
  'Bech32MainPrefix',
  'Bech32Prefix',
];

/**
 * The bech32 prefix of a chain's accounts, such as `cosmos`: what the SDK's configuration is given
 * in the daemon's code, what the auth module is configured with, or a constant of the usual name.
 * Null where the source does not say it, or says several, as for the networks of one chain.
 */
export function readPrefix(repo: Repo, appDir: string, folders: Iterable<string>): string | null {
  const own = [...folders].filter(dir => !isForTests(dir));
  const set = own.flatMap(dir => setIn(repo, dir));
  // What the code sets counts for addresses everywhere; a configuration may be left over.
  const said = set.length > 0 ? set : configuredIn(repo, appDir);
  return agreed(said.length > 0 ? said.map(prefixIn) : own.flatMap(dir => constantsIn(repo, dir)));
}

function configuredIn(repo: Repo, appDir: string): Value[] {
  return readAppConfigs(repo, appFolders(repo, appDir)).flatMap(config =>
    config.modules.flatMap(module => module.bech32Prefix ?? []),
  );
}

/** The SDK's own prefix is a constant of its package `types`, in all generations. */
function prefixIn(value: Value): string | undefined {
  if (value.kind === 'known') return value.value;
  const isOfSdk =
    value.kind === 'named' && value.const === 'github.com/cosmos/cosmos-sdk/types.Bech32MainPrefix';
  return isOfSdk ? 'cosmos' : undefined;
}

function agreed(values: readonly (string | undefined)[]): string | null {
  const [only, ...others] = new Set(values);
  return others.length === 0 ? (only ?? null) : null;
}

function setIn(repo: Repo, dir: string): Value[] {
  return repo.memoWithDependencies(dir, 'bech32 prefixes set', () => {
    const written = new RegExp(`\\.${setter}\\(`);
    return repo.filesOf(dir, written).flatMap(facts =>
      facts.funcs
        .filter(func => written.test(facts.text.slice(func.start, func.end)))
        .flatMap(func =>
          callsOf(repo.syntaxOf({ facts, func }), facts.text, setter).flatMap(node => {
            const [prefix] = goNode({ facts, node }).arguments;
            return prefix ? [stringValue(repo, prefix)] : [];
          }),
        ),
    );
  });
}

/** Modules of a chain name prefixes of other chains; the daemon and the app name their own. */
function constantsIn(repo: Repo, dir: string): string[] {
  if (/(^|\/)x\//.test(dir)) return [];
  return constants.flatMap(name => {
    const found = repo.value(dir, name);
    if (!found?.constant || !found.spec.value) return [];
    const expr: Expr = { facts: found.facts, node: found.spec.value };
    const value = stringValue(repo, expr);
    return value.kind === 'known' ? [value.value] : [];
  });
}
