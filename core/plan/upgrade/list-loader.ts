import { isStoreUpgrades } from '../../chain/app/upgrades.ts';
import { dirname } from '../../files.ts';
import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf, takenNames } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, fieldsOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { callsOf, childByField, descend } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import { loadsAfter, tooLate } from '../../wiring/loading/load-order.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import type { Job } from './job.ts';

/** The struct's field for stores: its name, and how to have it. */
export interface StoresField {
  readonly name: string;
  /** Adds the field to the struct's type where it is missing; gives the import of its type. */
  ensure(job: Job): ImportSpec;
}

/** The StoreUpgrades field of a list's struct. */
export function storesField(repo: Repo, found: UpgradeList, neighbour: Registration): StoresField {
  const own = fieldsOf(neighbour.struct!).find(f => isStoreUpgrades(repo, f.value));
  const declared = structType(repo, found, neighbour);
  const field =
    declared &&
    [...descend(declared.spec.syntax)].find(
      n =>
        n.type === 'field_declaration' && /(^|\.)StoreUpgrades$/.test(typeText(declared.facts, n)),
    );
  const name = own?.name ?? (field && declared ? nameText(declared.facts, field) : 'StoreUpgrades');
  return {
    name,
    ensure(job) {
      const path = storeTypesPath(job);
      if (own || field)
        return (
          aliasInUse(repo, dirname((declared?.facts ?? found.site.call.facts).path), path) ?? {
            path,
            alias: 'storetypes',
          }
        );
      if (!declared)
        throw new Refusal(
          `the struct of ${found.list.name} has no field for stores and its type was not found; add StoreUpgrades to it first`,
        );
      const { facts, spec } = declared;
      const wanted = freeImport(
        repo,
        facts,
        aliasInUse(repo, job.app.dir, path) ?? { path, alias: 'storetypes' },
      );
      const close = spec.syntax.end - 1;
      const line = lineStart(facts.text, close);
      const indent = `${indentAt(facts.text, close)}\t`;
      const spaced = /\n\s*\n/.test(facts.text.slice(spec.syntax.start, close));
      const comment = `${spaced ? '\n' : ''}${indent}// ${name} lists the stores that the upgrade adds, renames and deletes.\n`;
      job.changes.edit(
        facts.path,
        line,
        line,
        `${comment}${indent}${name} ${qualifierOf(repo, dirname(facts.path), wanted)}.StoreUpgrades\n`,
      );
      job.changes.import(facts.path, wanted);
      return wanted;
    },
  };
}

function typeText(
  facts: FileFacts,
  field: { children: readonly { field: string | undefined; start: number; end: number }[] },
): string {
  const type = field.children.find(c => c.field === 'type');
  return type ? facts.text.slice(type.start, type.end) : '';
}

function nameText(
  facts: FileFacts,
  field: { children: readonly { field: string | undefined; start: number; end: number }[] },
): string {
  const name = field.children.find(c => c.field === 'name');
  return name ? facts.text.slice(name.start, name.end) : '';
}

/** The declaration of the struct that a list holds. */
export function structType(
  repo: Repo,
  found: UpgradeList,
  neighbour?: Registration,
): { facts: FileFacts; spec: TypeSpec } | undefined {
  const written = neighbour?.struct?.type;
  const literal = found.list.literal;
  const slice = literal.node.parent && childByField(literal.node.parent, 'type');
  const from = written
    ? exprAt(neighbour.struct!.expr, written)
    : slice
      ? exprAt(literal, childByField(slice, 'element') ?? slice)
      : undefined;
  if (!from) return undefined;
  const [qualifier, ident] = textOf(from).replace(/^\*/, '').includes('.')
    ? textOf(from).replace(/^\*/, '').split('.')
    : [undefined, textOf(from).replace(/^\*/, '')];
  const here = dirname(from.facts.path);
  const dir =
    qualifier === undefined ? here : repo.dirOf(repo.importFor(from.facts, qualifier) ?? '', here);
  for (const facts of dir === undefined ? [] : repo.filesOf(dir)) {
    const spec = facts.types.find(t => t.name === ident && t.syntax.type === 'struct_type');
    if (spec) return { facts, spec };
  }
  return undefined;
}

/**
 * The package of StoreUpgrades for the app's SDK; refuses where the generation is unknown or has no
 * store loader.
 */
export function storeTypesPath(job: Job): string {
  return generationFacts(job).storeTypes;
}

/** The generation's facts, or a refusal. */
export function generationFacts(job: Job): ReturnType<typeof importsOfGeneration> {
  const { generation, gomod } = job.app.sdk;
  if (generation === null)
    throw new Refusal(
      `the Cosmos SDK version of ${gomod || 'this app'} is not known (a fork without a release version), so the right imports are not either`,
    );
  const facts = importsOfGeneration(generation);
  if (!facts.storeLoader)
    throw new Refusal(
      `SDK ${generation} has no UpgradeStoreLoader: stores cannot be changed by an in-place upgrade there`,
    );
  return facts;
}

/**
 * Writes a function that loads the stores of a list's upgrades, and calls it behind the function
 * that registers the handlers.
 */
export function createListLoader(job: Job, found: UpgradeList, field: string): void {
  const { repo, app } = job;
  const { facts } = found.site.call;
  const { func } = found.site;
  const names = namesAt({ facts, func, dir: found.site.dir });
  if (loadsAfter(repo, app, found.site))
    throw new Refusal(tooLate(func.name), { file: facts.path });
  if (!func.receiver)
    throw new Refusal(
      `${func.name} is no method of the app; add a store loader for ${found.list.name} by hand`,
    );
  const upgradetypes = freeImport(
    repo,
    facts,
    aliasInUse(repo, app.dir, generationFacts(job).upgradeTypes) ?? {
      path: generationFacts(job).upgradeTypes,
      alias: 'upgradetypes',
    },
  );
  const fmt = freeImport(repo, facts, { path: 'fmt', alias: undefined });
  const taken = new Set([
    ...takenNames(repo, facts),
    ...functionsOf(repo, app.dir).map(f => f.func.name),
  ]);
  let name = 'setupUpgradeStoreLoaders';
  for (let n = 2; taken.has(name); n++) name = `setupUpgradeStoreLoaders${n}`;
  const item = importsOf(facts).some(i => qualifierOf(repo, app.dir, i) === 'upgrade')
    ? 'u'
    : 'upgrade';
  const code = render('wiring/list-loader.go', {
    func: name,
    receiver: `${func.receiver.name} ${func.receiver.pointer ? '*' : ''}${func.receiver.type}`,
    keeper: names.keeper,
    base: names.app,
    fmt: qualifierOf(repo, app.dir, fmt),
    item,
    list: found.list.name,
    nameField: found.list.nameField,
    storesField: field,
    upgradetypes: qualifierOf(repo, app.dir, upgradetypes),
  }).trimEnd();
  const end = lineEnd(facts.text, func.end);
  job.changes.edit(facts.path, end, end, `\n${code}\n`);
  job.changes.import(facts.path, upgradetypes);
  job.changes.import(facts.path, fmt);
  callAfter(job, func.name, name);
}

/** Calls a new method of the app right behind the call of another one. */
export function callAfter(job: Job, existing: string, added: string): void {
  for (const { facts, func } of functionsOf(job.repo, job.app.dir)) {
    for (const call of callsOf(func.syntax, facts.text, existing)) {
      const callee = childByField(call, 'function');
      if (callee?.type !== 'selector_expression') continue;
      let statement = call;
      while (statement.parent && statement.parent.type !== 'block') statement = statement.parent;
      const owner = facts.text.slice(
        childByField(callee, 'operand')!.start,
        childByField(callee, 'operand')!.end,
      );
      const at = lineEnd(facts.text, statement.end);
      job.changes.edit(
        facts.path,
        at,
        at,
        `${indentAt(facts.text, statement.start)}${owner}.${added}()\n`,
      );
      return;
    }
  }
  throw new Refusal(`nothing calls ${existing}; call it before the app loads its stores`);
}
