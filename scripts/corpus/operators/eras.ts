import { appFolders } from '../../../core/chain/app/app-code.ts';
import { readAppConfigs } from '../../../core/chain/depinject/app-configs.ts';
import { behaviourIn } from '../../../core/chain/eras/behaviours.ts';
import type { Eras } from '../../../core/chain/eras/eras.ts';
import { readErasOf } from '../../../core/chain/eras/eras.ts';
import { readSchedule } from '../../../core/chain/eras/schedule.ts';
import { orderCalls } from '../../../core/chain/modules/orders.ts';
import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { removeElement } from '../../../core/go/edit/repairs.ts';
import { childByField } from '../../../core/go/syntax/syntax.ts';
import { generationIsBefore } from '../../../core/sdk/generations.ts';
import type { Grown } from '../grown.ts';
import { withNextEra, withUpgrade } from '../grown.ts';
import { added, replaced } from './nodes.ts';
import type { Changes, Operator } from './operator.ts';

/** Mistakes in a chain with two eras and a switch, whose last release has them as they are. */
export const eraOperators: readonly Operator<Grown>[] = [
  {
    name: 'change what a released era does',
    rules: ['era-behaviour-changed'],
    breaks: onEras(unlessPending(rewritten)),
  },
  {
    name: 'change how the era in force is found',
    rules: ['era-framework-changed'],
    breaks: onEras(unlessPending(foundOtherwise)),
  },
  {
    name: 'begin with another era',
    rules: ['era-framework-changed'],
    breaks: onEras(begunOtherwise),
  },
  { name: 'keep the era in a field', rules: ['era-kept'], breaks: onEras(kept) },
  {
    name: 'take the module of eras out of the block',
    rules: ['era-not-first'],
    breaks: onEras(unordered),
  },
  {
    name: 'take the era in force out',
    rules: ['era-removed-without-upgrade'],
    breaks: onEras(
      unlessPending(({ repo }, { supported: [oldest] }) => oldest && without(repo, oldest.expr)),
    ),
  },
  {
    name: 'leave a switch without a behaviour',
    rules: ['era-switch-incomplete'],
    breaks: onEras(({ repo }, { switches: [first] }) => {
      const key = first?.eras.at(-1)?.expr;
      return key && without(repo, { facts: key.facts, node: key.node.parent! });
    }),
  },
  {
    name: 'give a switch an era that is not supported',
    rules: ['era-unknown'],
    breaks: onEras(({ repo }, { supported }) => {
      const newest = supported.at(-1);
      return newest && without(repo, newest.expr);
    }),
  },
  { name: 'give an era two heights', rules: ['era-table'], breaks: onEras(twoHeights) },
  {
    name: 'bring an era with an upgrade',
    rules: ['era-behind-pending-upgrade'],
    breaks: given => changesOf(given, both(given)),
  },
  {
    name: 'keep an old era beside a pending upgrade',
    rules: ['era-may-go'],
    informs: true,
    breaks: given => changesOf(given, withUpgrade(given)),
  },
  {
    name: 'support one more era',
    rules: ['too-many-eras'],
    informs: true,
    breaks: given => changesOf(given, withNextEra(given)),
  },
  {
    name: "compare the block's height",
    rules: ['height-gate'],
    informs: true,
    breaks: onEras(gated),
  },
];

type Breaks = (given: Grown, eras: Eras) => Changes | undefined;

function onEras(breaks: Breaks): Operator<Grown>['breaks'] {
  return given => {
    const eras = readErasOf(given.repo, given.app);
    return eras && breaks(given, eras);
  };
}

/** An upgrade whose name is not read may be a pending one: with it these are no mistakes. */
function unlessPending(breaks: Breaks): Breaks {
  return (given, eras) =>
    given.app.upgrades.some(({ name }) => name === null) ? undefined : breaks(given, eras);
}

function without(repo: Grown['repo'], { facts, node }: Eras['list']): EditBatch {
  const changes = new EditBatch(repo);
  removeElement(changes, facts, node);
  return changes;
}

/** The function of the oldest era does nothing. */
function rewritten({ repo }: Grown, { switches: [first], supported: [oldest] }: Eras) {
  const found = first && oldest?.name ? behaviourIn(repo, first, oldest.name)?.func : undefined;
  const body = found && childByField(repo.syntaxOf(found), 'body');
  return body && replaced(repo, found.facts.path, body, '{\n\treturn nil\n}');
}

function foundOtherwise({ repo }: Grown, { dir }: Eras) {
  const found = repo.func(dir, 'StatusAt');
  const body = found && childByField(repo.syntaxOf(found), 'body');
  if (!body) return undefined;
  const at = { start: body.start + 1, end: body.start + 1 };
  return replaced(repo, found.facts.path, at, '\n\theight--');
}

function begunOtherwise({ repo }: Grown, { dir, constants }: Eras) {
  const first = repo.value(dir, 'First');
  const value = first?.spec.value;
  const newest = constants.at(-1);
  return value && newest ? replaced(repo, first.facts.path, value, newest.ident) : undefined;
}

function kept({ repo, app }: Grown, { dir }: Eras): Changes | undefined {
  const path = repo.importPath(dir);
  if (path === undefined) return undefined;
  return added(repo, app.dir, 'fee_keeper.go', [
    `import "${path}"`,
    '',
    'type feeKeeper struct{ current era.Era }',
  ]);
}

/** Its name is in no order of what x/upgrade runs in; nothing where a configuration has the order. */
function unordered({ repo, app }: Grown, { dir }: Eras): Changes | undefined {
  if (readAppConfigs(repo, appFolders(repo, app.dir)).length > 0) return undefined;
  const path = repo.importPath(dir);
  const name = app.mounted.find(one => one.package === path)?.name;
  const { generation } = app.sdk;
  const isOld = generation !== null && generationIsBefore(generation, '0.50');
  const wanted = isOld ? 'BeginBlockers' : 'PreBlockers';
  const changes = new EditBatch(repo);
  const done = new Set<unknown>();
  for (const { kind, names } of orderCalls(repo, app.dir))
    for (const { expr, value } of kind === wanted ? names : []) {
      if (value.kind !== 'known' || value.value !== name || done.has(expr.node)) continue;
      done.add(expr.node);
      removeElement(changes, expr.facts, expr.node);
    }
  return done.size > 0 ? changes : undefined;
}

/** Where heights are compiled in. */
function twoHeights({ repo }: Grown, eras: Eras): Changes | undefined {
  const found = readSchedule(repo, eras) && repo.value(eras.dir, 'Schedule');
  const newest = eras.constants.at(-1)?.ident;
  if (!found?.spec.value || newest === undefined) return undefined;
  const rows = [100, 200].map(height => `{Name: ${newest}, Height: ${height}}`).join(', ');
  const table = `StaticReader{\n\t"chain-1": {${rows}},\n}`;
  return replaced(repo, found.facts.path, found.spec.value, table);
}

function gated({ repo, app }: Grown, eras: Eras): Changes | undefined {
  const dir = appFolders(repo, app.dir).find(one => /(^|\/)x\//.test(one) && one !== eras.dir);
  if (dir === undefined) return undefined;
  return added(repo, dir, 'is_late.go', [
    'import sdk "github.com/cosmos/cosmos-sdk/types"',
    '',
    'func isLate(ctx sdk.Context) bool { return ctx.BlockHeight() >= 100 }',
  ]);
}

function both(given: Grown): Grown | undefined {
  const era = withNextEra(given);
  return era && withUpgrade(era);
}

/** What a next version has otherwise. */
function changesOf({ repo }: Grown, next: Grown | undefined): Changes | undefined {
  if (!next) return undefined;
  const changed = [...next.repo.texts].filter(([file, text]) => repo.texts.get(file) !== text);
  return { texts: () => new Map(changed) };
}
