import { parameterFields } from '../chain/modules/parameter-fields.ts';
import { readPermissions } from '../chain/modules/permissions.ts';
import type { AppCode } from './module-versions.ts';

/** A module account that is new, or may do something else than before. */
export interface AccountEffect {
  readonly name: string;
  /** In lower case, sorted. */
  readonly permissions: readonly string[];
}

/** What differs between the code of two versions and is told by no plan. */
export interface CodeEffects {
  readonly accounts: readonly AccountEffect[];
  /** One sentence each. */
  readonly params: readonly string[];
  readonly notes: readonly string[];
}

/** The module accounts and parameters that changed since the code that the network runs. */
export function codeEffects(now: AppCode, before: AppCode): CodeEffects {
  const accounts = accountEffects(now, before);
  return {
    accounts: accounts.accounts,
    params: [...consensusParams(now, before), ...paramEffects(now, before)],
    notes: accounts.notes,
  };
}

function accountEffects(
  now: AppCode,
  before: AppCode,
): { accounts: AccountEffect[]; notes: string[] } {
  const { accounts: is, unread } = readPermissions(now.repo, now.app.dir);
  const { accounts: was } = readPermissions(before.repo, before.app.dir);
  if (is.size === 0 || was.size === 0)
    return { accounts: [], notes: ['unknown: module accounts; no map of permissions was found'] };
  const accounts: AccountEffect[] = [];
  const notes = unread.map(({ why }) => `unknown: module accounts; ${why}`);
  for (const [name, { permissions }] of is) {
    const old = was.get(name);
    const alias = old ? undefined : mayBeCalled(was, is, name);
    if (alias !== undefined)
      notes.push(`unknown: whether the account ${name} is new; ${alias} may be the same`);
    else if (old && !old.permissions) notes.push(`unknown: whether the account ${name} changes`);
    else if (permissions && !isSameList(old?.permissions, permissions)) {
      accounts.push({ name, permissions });
      if (old?.permissions) notes.push(keptNote(name, old.permissions));
    }
  }
  for (const name of was.keys()) {
    if (!is.has(name) && !isWritten(name))
      notes.push(`the account ${name} is no longer in the code`);
  }
  return { accounts, notes };
}

function keptNote(name: string, permissions: readonly string[]): string {
  const kept =
    permissions.length === 0 ? 'no permissions' : `the permissions ${permissions.join(', ')}`;
  return `the account ${name} has ${kept} in the network and keeps it until a handler writes the account`;
}

function isSameList(one: readonly string[] | undefined, other: readonly string[]): boolean {
  return one?.length === other.length && one.every((item, i) => item === other[i]);
}

/** An entry of the other side alone that is written with a constant whose value is not known. */
function mayBeCalled(
  was: ReadonlyMap<string, unknown>,
  is: ReadonlyMap<string, unknown>,
  name: string,
): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return [...was.keys()].find(
    other =>
      !is.has(other) &&
      (isWritten(other) || isWritten(name)) &&
      (plain(other).includes(plain(name)) || plain(name).includes(plain(other))),
  );
}

/** Whether that is an expression, such as `evmtypes.ModuleName`, and no name. */
function isWritten(name: string): boolean {
  return /[^\w-]/.test(name);
}

/** SDK 0.47 keeps them in x/consensus (docs/background/sdk.md#consensus-parameters). */
function consensusParams(now: AppCode, before: AppCode): string[] {
  const isOld = ({ app }: AppCode) =>
    ['0.39', '0.42', '0.43', '0.44', '0.45', '0.46'].includes(app.sdk.generation ?? '');
  const moves = isOld(before) && now.app.sdk.generation !== null && !isOld(now);
  return moves ? ['the consensus parameters move from x/params to x/consensus'] : [];
}

/** The fields of parameters that are new or gone, by module. */
function paramEffects(now: AppCode, before: AppCode): string[] {
  return now.chain.modules.flatMap(module => {
    const old = before.chain.modules.filter(({ name }) => name === module.name);
    if (old.length !== 1) return [];
    const is = parameterFields(now.repo, module);
    const was = parameterFields(before.repo, old[0]!);
    if (!is || !was) return [];
    return [...lines(module.name, 'new', is, was), ...lines(module.name, 'gone', was, is)];
  });
}

function lines(
  module: string,
  what: 'new' | 'gone',
  these: readonly string[],
  others: readonly string[],
): string[] {
  return these
    .filter(field => !others.includes(field))
    .map(field => `parameter ${field} of ${module} is ${what}`);
}
