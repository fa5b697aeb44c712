import type { App, Chain, StoreName } from '../../chain/chain.ts';
import { storeId } from '../../chain/compare.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { newModules } from '../../chain/modules/new-modules.ts';
import { changedPrefixes } from '../../chain/modules/state-prefixes.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { readGenesisAnswers } from '../genesis/genesis-answers.ts';
import { ambiguity } from '../migration/find-module.ts';
import { nextName } from '../package/naming.ts';
import type { Answer, Answers, Choice, Question } from '../question.ts';
import { answerItems } from '../question.ts';
import { addableStores } from './addable-stores.ts';
import { modulesToMigrate } from './modules-to-migrate.ts';
import { checkNewName } from './plan-name.ts';
import { derivedStores, notRename, offeredRenames, suggestion } from './store-answers.ts';
import { upgradeInfo } from './upgrade-info.ts';

/** What the questions of a new upgrade may look at. */
export interface UpgradeContext {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  /** The chain as of the last release, where there is one, and its code. */
  readonly base?: Chain;
  readonly baseRepo?: Repo;
  /** What that release is called. */
  readonly baseRef?: string;
  /** Why it may not be what the network runs; absent where nothing says so. */
  readonly baseDoubt?: string | undefined;
  readonly answers: Answers;
}

const items = (value: Answer) => answerItems(value) ?? [];
const error = (message: string) => ({ severity: 'error', message }) as const;

/** The name that a new upgrade is offered: the next one, where the names are a sequence. */
export function offeredName({ upgrades }: App): string | undefined {
  return nextName(upgrades.flatMap(u => (u.registered && u.name !== null ? [u.name] : [])));
}

/** The questions of a new upgrade, in the order they are asked. */
export const upgradeQuestions: readonly Question<UpgradeContext>[] = [
  {
    id: 'name',
    kind: 'text',
    title: 'Upgrade name',
    value: 'NAME',
    prompt: 'Name of the plan, exactly as the governance proposal will give it',
    help: "the plan's name, exactly as in the governance proposal",
    default: ({ app }) => offeredName(app),
    validate: (value, { app }) => {
      const name = String(value);
      const taken = app.upgrades.find(u => u.name?.toLowerCase() === name.toLowerCase());
      if (taken)
        return error(
          `${taken.name ?? name} exists already in ${taken.location.file}:${taken.location.line}; ` +
            'choose another name',
        );
      return checkNewName(name);
    },
  },
  // Asked first: what a rewritten handler had to bring is brought by the new one.
  {
    id: 'convert',
    kind: 'confirm',
    title: 'Single handler',
    prompt:
      'This chain rewrites a single handler at every release. Turn it into a list of upgrades ' +
      'instead?',
    help:
      'convert a chain with a single handler to a list of upgrades ' +
      '(default: rewrite the handler in place)',
    when: ({ app }) => app.registration.includes('R3') && !app.storeStyle.includes('S9'),
    default: () => false,
  },
  {
    id: 'added',
    kind: 'choices',
    title: 'Added stores',
    value: 'KEY,…',
    prompt: 'Stores to add (those new since the last release are picked)',
    help:
      'stores that the upgrade adds, as store names or importpath.Const ' +
      '(default: those new since the last release)',
    when: ({ app }) => app.stores.some(s => s.kind === 'kv'),
    choices: context => {
      const derived = new Set(derivedStores(context, context.answers).added.map(storeId));
      return addableStores(context, derived);
    },
    default: context => derivedStores(context, context.answers).added.map(s => storeId(s)!),
    validate: (value, { app }) => mountedOnly(items(value), app),
  },
  {
    id: 'deleted',
    kind: 'choices',
    title: 'Deleted stores',
    value: 'KEY,…',
    prompt: 'Stores to delete (those gone since the last release are picked)',
    help: 'stores that the upgrade deletes (default: those gone since the last release)',
    when: context => derivedStores(context, context.answers).deleted.some(s => s.name !== null),
    choices: context =>
      derivedStores(context, context.answers)
        .deleted.filter(s => s.name !== null)
        .map(s => ({
          value: s.name!,
          label: s.name!,
          detail: `was mounted in ${s.location.file}`,
          picked: true,
        })),
    default: context => derivedStores(context, context.answers).deleted.flatMap(s => s.name ?? []),
  },
  {
    id: 'renamed',
    kind: 'text',
    title: 'Renamed stores',
    value: 'OLD=NEW,…',
    prompt: 'Stores that this upgrade renames, as OLD=NEW, separated by commas (mostly none)',
    help: 'stores that the upgrade renames',
    when: context => {
      const { added, deleted } = derivedStores(context, context.answers);
      const offered = offeredRenames(context, context.answers);
      return offered.length > 0 || (added.length > 0 && deleted.length > 0);
    },
    default: context => offeredRenames(context, context.answers).join(','),
    validate: (value, { app }) => {
      for (const pair of items(value)) {
        const [from, to, ...rest] = pair.split('=');
        if (!from || !to || rest.length > 0) return error(notRename(pair));
        const wrong = mountedOnly([to], app);
        if (wrong) return wrong;
      }
      return undefined;
    },
  },
  {
    id: 'genesis',
    kind: 'choices',
    title: 'New modules',
    value: 'MODULE=skip|own|again,…',
    prompt: 'New modules start with their default genesis. Which of them not? (mostly none)',
    help:
      'how modules are initialised: skip (a new module without InitGenesis), ' +
      'own (a new module with a custom genesis) or again (run InitGenesis once more)',
    when: ({ app, base }) => (newModules(app, base) ?? []).length > 0,
    choices: ({ chain, app, base }) =>
      (newModules(app, base) ?? []).flatMap(module => startChoices(chain, module)),
    default: () => [],
    validate: (value, { app, base }) => {
      const choices = readGenesisAnswers(app, base, items(value));
      return 'error' in choices ? error(choices.error) : undefined;
    },
  },
  {
    id: 'migrate',
    kind: 'choices',
    title: 'Modules',
    value: 'MODULE,…',
    prompt: 'Modules whose state changes (mostly none): each gets a migration',
    help:
      'modules whose state changes, by name or folder: ' +
      'each gets what `migration` writes, in the same plan',
    when: ({ chain, base }) => modulesToMigrate(chain, base).length > 0,
    choices: context => moduleChoices(context),
    default: () => [],
    validate: (value, { chain }) => {
      const wrong = items(value)
        .map(name => ambiguity(chain, name))
        .find(message => message !== undefined);
      return wrong === undefined ? undefined : error(wrong);
    },
  },
  {
    id: 'binary',
    kind: 'text',
    title: 'Binaries',
    value: 'os/arch=URL#sha256:HEX',
    repeatable: true,
    prompt: 'Optional: binaries for UpgradeInfo, as os/arch=URL#sha256:HEX, separated by blanks',
    help: 'a binary for UpgradeInfo, with its checksum',
    default: () => '',
    validate: value => {
      const given = [value]
        .flat()
        .filter((v): v is string => typeof v === 'string')
        .flatMap(v => v.split(/\s+/))
        .filter(v => v !== '');
      const info = upgradeInfo(given);
      return given.length && 'error' in info ? error(info.error) : undefined;
    },
  },
  {
    id: 'test',
    kind: 'confirm',
    title: 'Test',
    prompt: 'Write a test of the upgrade, and checks for its rehearsal?',
    help: 'also write a test of the upgrade, and the first checks of its rehearsal',
    when: ({ app }) => !app.registration.some(code => code === 'R3' || code === 'R4'),
    default: () => false,
  },
  {
    id: 'app-version',
    kind: 'confirm',
    title: 'App version',
    prompt: 'Raise the app version of the version guard?',
    help: 'raise the app version and add its row, where the chain has a version guard (default)',
    when: ({ repo, app }) => readGuardOf(repo, app) !== undefined,
    default: () => true,
  },
  {
    id: 'list',
    kind: 'choices',
    title: 'Lists',
    value: 'NAME,…',
    prompt: 'Which lists take the upgrade?',
    help:
      'the upgrade lists that the upgrade is added to, by their build tags, if there are several ' +
      '(default: all)',
    when: ({ app }) => listTags(app).length > 1,
    choices: ({ app }) => listTags(app).map(tag => ({ value: tag, label: tag, picked: true })),
    default: ({ app }) => (listTags(app).length > 1 ? listTags(app) : undefined),
  },
];

/**
 * The build tags that choose between lists of upgrades; `default` for builds without one. None where
 * they only add to a list that every build has.
 */
function listTags(app: App): string[] {
  if (app.registration.includes('R1')) return [];
  const listed = app.upgrades.filter(({ style }) => style === 'R1e');
  return [...new Set(listed.map(({ buildTags }) => buildTags.join() || 'default'))];
}

/** How a new module may start instead; a genesis can only be written for the chain's own. */
function startChoices(chain: Chain, module: StoreName): Choice[] {
  const id = storeId(module)!;
  const skip: Choice = {
    value: `${id}=skip`,
    label: `${id}: no InitGenesis`,
    detail: 'its store stays empty until something writes there',
  };
  const own: Choice = {
    value: `${id}=own`,
    label: `${id}: a genesis of its own`,
    detail: 'written into the handler, the default one to start from',
  };
  return chain.modules.some(m => m.name === module.name) ? [skip, own] : [skip];
}

/**
 * The modules that can be migrated; first those whose state has another shape than in the last
 * release.
 */
function moduleChoices({ repo, chain, base, baseRepo }: UpgradeContext): Choice[] {
  const modules = modulesToMigrate(chain, base).map(module => ({
    module,
    changes: baseRepo
      ? changedPrefixes(repo, module, baseRepo)
          .map(({ now }) => now.name)
          .sort()
      : [],
  }));
  const changedFirst = modules.sort(
    (a, b) => Number(b.changes.length > 0) - Number(a.changes.length > 0),
  );
  return changedFirst.map(({ module: { name, dir, consensusVersion }, changes }) => ({
    value: chain.modules.filter(m => m.dir === dir).length > 1 ? name : dir,
    label: name,
    detail: `${dir}, version ${consensusVersion ?? 'not known'}${changesText(changes)}`,
  }));
}

/** What changed in a module since the last release, as much as fits on a line. */
function changesText(changes: readonly string[]): string {
  if (changes.length === 0) return '';
  const shown = changes.slice(0, 4);
  const more = changes.length > shown.length ? ` and ${changes.length - shown.length} more` : '';
  return `; changed since the last release: ${shown.join(', ')}${more}`;
}

function mountedOnly(keys: readonly string[], app: App): ReturnType<typeof error> | undefined {
  const known = app.stores
    .filter(s => s.kind === 'kv')
    .flatMap(s => [s.name, s.const])
    .filter((n): n is string => n != null);
  const missing = keys.find(key => !known.includes(key) && !key.includes('/'));
  return missing === undefined
    ? undefined
    : error(`the app mounts no store ${missing}${suggestion(missing, known)}`);
}
