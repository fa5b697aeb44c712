import type { App } from '../../chain/chain.ts';
import type { MountableModule, ParameterType, SdkConstructor } from '../../sdk/mountable.ts';
import { mountableModules } from '../../sdk/mountable.ts';
import type { Constructor, GoType, Hook, ModuleToMount, NamedConstant } from './module.ts';

/** A module of the SDK that is known as data, in the app's generation; undefined where none is. */
export function moduleOfSdk(
  { sdk: { generation } }: App,
  wanted: string,
): ModuleToMount | undefined {
  if (generation === null) return undefined;
  const path = wanted.replace(/\/+$/, '');
  const found = mountableModules(generation).find(
    ({ name, module }) =>
      path === name || path === module.path || path === module.path.replace(/\/module$/, ''),
  );
  return found && asModule(found);
}

/** The modules of the SDK that an app could mount and does not. */
export function mountableBy({ sdk: { generation }, mounted }: App): readonly MountableModule[] {
  if (generation === null) return [];
  return mountableModules(generation).filter(
    ({ name }) => !mounted.some(module => module.name === name),
  );
}

function asModule(row: MountableModule): ModuleToMount {
  const { name, keeper, module } = row;
  const constant = (path: string, ident: string): NamedConstant => ({
    path,
    name: ident,
    value: name,
  });
  return {
    name: constant(row.namePath, 'ModuleName'),
    store: constant(row.storePath, 'StoreKey'),
    module: asConstructor(module, 'AppModule'),
    keeper: asConstructor(keeper, 'Keeper'),
    basic: 'AppModuleBasic',
    simulates: row.simulates,
    hooks: new Set(row.hooks as readonly Hook[]),
    permissions: row.accounts ? [] : undefined,
    accounts: (row.accounts ?? []).map(ident => ({ path: row.namePath, name: ident })),
    byAddress: false,
    dir: undefined,
    config: undefined,
    goModule: row.goModule,
    note: row.note,
  };
}

function asConstructor(
  { path, name, parameters, field }: SdkConstructor,
  result: string,
): Constructor {
  return {
    path,
    name,
    parameters: parameters.map(one => ({
      name: one.name,
      type: asType(one.type),
      variadic: false,
    })),
    result: asType({ path, name: result }),
    results: 1,
    field,
  };
}

function asType({ path, name, pointer }: ParameterType): GoType {
  const qualifier = path?.split('/').at(-1);
  const text = qualifier === undefined ? name : `${qualifier}.${name}`;
  return { text: `${pointer ? '*' : ''}${text}`, pointer: pointer === true, path, name };
}
