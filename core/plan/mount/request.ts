import { keeperFields } from '../../chain/app/keepers.ts';
import type { App } from '../../chain/chain.ts';
import { orderKinds } from '../../chain/modules/orders.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answer, Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { MountRequest, OrderPlace } from './job.ts';
import { fieldName } from './keeper-argument.ts';
import type { Constructor, ModuleToMount } from './module.ts';
import { moduleFolder, readModule } from './read-module.ts';
import { moduleOfSdk } from './sdk-module.ts';

/** Reads what is to be mounted. Throws `Refusal` where an answer cannot be met. */
export function readMountRequest(input: PlanInput, answers: Answers): MountRequest {
  const found = moduleOf(input, wantedModule(answers));
  const module = { ...found, keeper: found.keeper && asFieldsAre(input, found.keeper) };
  return {
    module,
    asked: readArguments(answers['keeper-arg']),
    orders: readPlaces(answers['order']),
    permissions: readPermissionsAnswer(answers['permissions']) ?? module.permissions,
  };
}

/** A keeper whose field begins with a small letter where the fields of most others do. */
function asFieldsAre({ analysis, app }: PlanInput, keeper: Constructor): Constructor {
  const fields = keeperFields(analysis.repo, app.dir, app.type);
  const small = fields.filter(({ name }) => /^[a-z]/.test(name));
  if (small.length * 2 <= fields.length) return keeper;
  const field = fieldName(keeper);
  return { ...keeper, field: field[0]!.toLowerCase() + field.slice(1) };
}

/** The module among the answers. */
export function wantedModule(answers: Answers): string {
  const wanted = typeof answers['module'] === 'string' ? answers['module'].trim() : '';
  if (wanted === '') throw new Refusal('name the module: its folder, or its import path');
  return wanted;
}

/** The module that a folder, a name or an import path means. */
function moduleOf({ analysis, app }: PlanInput, wanted: string): ModuleToMount {
  const { repo, chain } = analysis;
  const own = /^[\w-]+\.[\w.-]+\//.test(wanted) ? repo.dirOf(wanted, app.dir) : undefined;
  const dir = moduleFolder(repo, chain, own ?? wanted);
  if (dir !== undefined) return readModule(repo, dir);
  return (
    moduleOfSdk(app, wanted) ??
    unknownModule(
      app,
      wanted,
      chain.modules.map(({ dir: at }) => at),
    )
  );
}

function unknownModule(app: App, wanted: string, folders: readonly string[]): never {
  const shown = folders.slice(0, 8).join(', ') + (folders.length > 8 ? ' …' : '');
  const generation = app.sdk.generation ?? 'an SDK that is not known';
  throw new Refusal(
    `${wanted} is no folder with a NewAppModule here and no module that can be mounted on ` +
      `SDK ${generation}${shown === '' ? '' : ` (modules here: ${shown})`}`,
  );
}

/** `N=EXPR`, where N is a parameter's number or its name. */
function readArguments(answer: Answer | undefined): Map<string, string> {
  const given = [answer ?? []].flat().filter(one => typeof one === 'string');
  return new Map(
    given
      .filter(text => text.trim() !== '')
      .map(text => {
        const [, number, expression] = /^\s*(\w+)\s*=\s*(\S.*)$/s.exec(text) ?? [];
        if (number === undefined || expression === undefined)
          throw new Refusal(`"${text}" is no N=EXPR, such as 3=app.BankKeeper`);
        return [number, expression.trim()] as const;
      }),
  );
}

/** `KIND=first|last|after:NAME`. */
function readPlaces(answer: Answer | undefined): Map<string, OrderPlace> {
  return new Map(
    (answerItems(answer) ?? []).map(text => {
      const [, kind, place] = /^(\w+)=(first|last|after:\S+)$/.exec(text) ?? [];
      const known = orderKinds.find(one => one.toLowerCase() === kind?.toLowerCase());
      if (known === undefined || place === undefined)
        throw new Refusal(
          `"${text}" is no KIND=first|last|after:NAME with a KIND of ${orderKinds.join(', ')}`,
        );
      const after = /^after:(.+)$/.exec(place)?.[1];
      return [known, after === undefined ? (place as 'first' | 'last') : { after }] as const;
    }),
  );
}

function readPermissionsAnswer(answer: Answer | undefined): readonly string[] | undefined {
  const items = answerItems(answer);
  if (!items || items.length === 0) return undefined;
  if (items.length === 1 && items[0] === 'none') return [];
  const wrong = items.find(item => !/^[a-z][\w-]*$/i.test(item));
  if (wrong !== undefined)
    throw new Refusal(`"${wrong}" is no permission; the SDK has minter, burner and staking`);
  return items.map(item => item.toLowerCase());
}

/** Refuses a module that the app mounts already, also in part. */
export function refuseMounted(repo: Repo, app: App, { name, module, store }: ModuleToMount): void {
  const mounted = app.mounted.find(one => one.name === name.value || one.package === module.path);
  if (mounted) {
    const { file, line } = mounted.location;
    throw new Refusal(`${name.value} is mounted already at ${file}:${line}`, { file, line });
  }
  const taken = store && app.stores.find(one => one.name === store.value);
  if (taken) {
    const { file, line } = taken.location;
    throw new Refusal(
      `the store "${store.value}" is mounted already at ${file}:${line}, though no module manager ` +
        `gets ${name.value}; mount the rest by hand`,
      { file, line },
    );
  }
  refuseImported(repo, app, module.path);
}

/** A module that the code of an app makes, and which was not seen to be given to a manager. */
function refuseImported(repo: Repo, app: App, path: string): void {
  for (const facts of repo.filesOf(app.dir, /NewAppModule|AppModule\{/)) {
    for (const { imports } of facts.imports) {
      const found = imports.find(one => one.path === path && one.alias !== '_');
      if (!found) continue;
      const { file, line } = locationOf(facts, found);
      throw new Refusal(
        `${file}:${line}: the app imports ${path} already; take it out, or mount the rest by hand`,
        { file, line },
      );
    }
  }
}
