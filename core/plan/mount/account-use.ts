import { join } from '../../files.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callsOf } from '../../go/syntax/syntax.ts';

/** What a keeper of x/bank does with a module's account, and the permission that it asks for. */
const uses: Readonly<Record<string, string | undefined>> = {
  MintCoins: 'minter',
  BurnCoins: 'burner',
  DelegateCoinsFromAccountToModule: 'staking',
  UndelegateCoinsFromModuleToAccount: 'staking',
  SendCoinsFromModuleToAccount: undefined,
  SendCoinsFromModuleToModule: undefined,
  SendCoinsFromAccountToModule: undefined,
};

/**
 * The permissions that a module's account needs, by what the module's code does with its own name:
 * empty where it only holds coins; undefined where nothing is seen that uses an account.
 */
export function accountUse(repo: Repo, root: string): readonly string[] | undefined {
  const folders = [root, join(root, 'keeper'), join(root, 'module')];
  const calls = folders
    .filter(dir => repo.packages.has(dir))
    .flatMap(dir => accountCalls(repo, dir))
    .filter(isOfOwnAccount);
  if (calls.length === 0) return undefined;
  const asked = new Set(calls.map(({ callee }) => uses[callee!.name]));
  return [...asked].filter(permission => permission !== undefined).sort();
}

function accountCalls(repo: Repo, dir: string): GoNode[] {
  return repo.functions(dir).flatMap(({ facts, func }) => {
    const text = facts.text.slice(func.start, func.end);
    if (!/\bModuleName\b/.test(text) || !/Coins(From|\()/.test(text)) return [];
    return callsOf(repo.syntaxOf({ facts, func }), facts.text, ...Object.keys(uses)).map(node =>
      goNode({ facts, node }),
    );
  });
}

function isOfOwnAccount(call: GoNode): boolean {
  return call.arguments.some(({ text }) => /^(types\.)?ModuleName$/.test(text));
}
