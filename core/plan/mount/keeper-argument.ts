import type { AppField } from '../../chain/app/app-fields.ts';
import { keeperFields } from '../../chain/app/keepers.ts';
import type { App } from '../../chain/chain.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Constructor, Parameter } from './module.ts';
import { baseOf } from './module.ts';
import type { Scope } from './scope.ts';

/** The field of an app that a parameter wants: of its very type, or called as it is. */
export function wantedField(repo: Repo, app: App, { name, type }: Parameter): AppField | undefined {
  const fields = keeperFields(repo, app.dir, app.type);
  const ofType = fields.filter(
    ({ package: path, ref }) =>
      type.path !== undefined &&
      path !== undefined &&
      versionless(path) === versionless(type.path) &&
      (ref!.name === type.name || isConcrete(type.path)),
  );
  if (ofType.length === 1) return ofType[0];
  for (const wanted of [type.name, name]) {
    if (plain(wanted) === 'keeper') continue;
    const named = fields.filter(field => plain(field.name) === plain(wanted));
    if (named.length === 1) return named[0];
  }
  return undefined;
}

/** Whether a path is that of a keeper's package, and not of what another module expects of one. */
function isConcrete(path: string): boolean {
  return /\/keeper$/.test(path);
}

function versionless(path: string): string {
  return path.replace(/\/v\d+(?=\/|$)/g, '');
}

const synonyms: Readonly<Record<string, string>> = {
  distribution: 'distr',
  consensus: 'consensusparams',
  ak: 'account',
  bk: 'bank',
  sk: 'staking',
  dk: 'distr',
  auth: 'account',
};

/** `distr` of `DistributionKeeper`, `distrKeeper` and `DistrKeeper`. */
function plain(name: string): string {
  const stem = name.toLowerCase().replace(/(?!^)keeper$/, '');
  return synonyms[stem] ?? stem;
}

/** How a field is handed to a parameter: by its value or its address. */
export function keeperText(scope: Scope, field: AppField, { type }: Parameter): string | undefined {
  if (scope.owner === undefined) return undefined;
  const reached = `${scope.owner}.${field.name}`;
  const isPointer = field.ref!.pointer;
  const isSame = type.path !== undefined && isConcrete(type.path) && field.ref!.name === type.name;
  if (isSame && type.pointer !== isPointer) return `${isPointer ? '*' : '&'}${reached}`;
  if (isSame || isPointer) return reached;
  return usualText(scope.given, field) ?? reached;
}

/** How most of the neighbours are handed a field. */
function usualText(given: readonly GoNode[], { name }: AppField): string | undefined {
  const counts = new Map<string, number>();
  for (const argument of given) {
    if (argument.withoutParens.withoutAddressOf.name !== name) continue;
    counts.set(argument.text, (counts.get(argument.text) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The name of the field for a keeper: `BerthKeeper` for that of `x/berth`. */
export function fieldName({ path, field }: Constructor): string {
  if (field !== undefined) return field;
  const words = baseOf(path)
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '');
  const stem = words.map(word => word[0]!.toUpperCase() + word.slice(1)).join('');
  return `${stem}Keeper`;
}
