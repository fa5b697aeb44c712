import { readPermissions } from '../../../chain/modules/permissions.ts';
import { insertAligned, keyedLine } from '../../../edit/aligned-line.ts';
import type { Location } from '../../../go/source/location.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { quote } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import type { Code } from '../scope.ts';
import { qualified } from '../scope.ts';

const constants: Readonly<Record<string, string>> = {
  minter: 'Minter',
  burner: 'Burner',
  staking: 'Staking',
};

const authTypes = 'github.com/cosmos/cosmos-sdk/x/auth/types';

/** Adds the module's account with its permissions to the map that the account keeper gets. */
export function addPermissions(job: MountJob): void {
  const { repo, app, module, permissions, changes } = job;
  if (permissions === undefined) return;
  const { accounts } = readPermissions(repo, app.dir);
  if (accounts.has(module.name.value)) return;
  const place = [...accounts.values()].map(({ location }) => location).at(-1);
  const facts = place && repo.facts(place.file);
  if (!facts)
    throw new Refusal(
      'the permissions of module accounts are in no map of this app that can be added to',
      { file: app.dir },
    );
  const names = [
    module.name,
    ...module.accounts.filter(({ name }) => name !== module.name.name),
  ].map(({ path, name }) => qualified(repo, app, facts, path, name));
  const values = permissions.map((permission): Code => {
    const constant = constants[permission];
    return constant === undefined
      ? { text: quote(permission), imports: [] }
      : qualified(repo, app, facts, authTypes, constant);
  });
  importAll(job, facts, [
    ...names.flatMap(({ imports }) => imports),
    ...values.flatMap(({ imports }) => imports),
  ]);
  const value = values.length > 0 ? `{${values.map(({ text }) => text).join(', ')}}` : 'nil';
  const lines = names.map(({ text }) => `${text}: ${value},`);
  insertAligned(changes, facts, nodeAt(place), lines, keyedLine);
}

/** A place as the node that stands there. */
function nodeAt({ start, end }: Location): SyntaxNode {
  return { type: 'keyed_element', start, end, field: undefined, children: [], parent: undefined };
}
