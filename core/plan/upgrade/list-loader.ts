import { loaderGeneration } from '../../edit/loaders/loader-generation.ts';
import { dirname } from '../../files.ts';
import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf, takenNames } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { listType } from '../../go/eval/list-type.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, fieldsOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import { loadsAfter, tooLate } from '../../wiring/loading/load-order.ts';
import { isStoreUpgrades } from '../../wiring/loading/read-store-upgrades.ts';
import { namesAt } from '../../wiring/names-at.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { nodeText } from '../go-tree.ts';
import { callBehind } from './call-behind.ts';
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
  const field = declared && storesDeclaration(declared);
  const declaredName = field && nodeText(declared.facts, childByField(field, 'name'));
  const name = own?.name ?? declaredName ?? 'StoreUpgrades';
  return {
    name,
    ensure(job) {
      if (own || field) {
        const { path } = declared?.facts ?? found.site.call.facts;
        return storeTypesImport(job, dirname(path));
      }
      if (!declared)
        throw new Refusal(
          `the struct of ${found.list.name} has no field for stores and its type was not found; ` +
            'add StoreUpgrades to it first',
        );
      return addField(job, declared, name);
    },
  };
}

function storesDeclaration({ facts, spec }: DeclaredStruct): SyntaxNode | undefined {
  return findAll(spec.syntax, 'field_declaration').find(field =>
    /(^|\.)StoreUpgrades$/.test(nodeText(facts, childByField(field, 'type'))),
  );
}

function storeTypesImport(job: Job, near: string): ImportSpec {
  const path = loaderGeneration(job.app).storeTypes;
  return aliasInUse(job.repo, near, path) ?? { path, alias: 'storetypes' };
}

/** Adds a field for stores at the end of a struct; gives the import of its type. */
function addField(job: Job, { facts, spec }: DeclaredStruct, name: string): ImportSpec {
  const { repo, app, changes } = job;
  const type = freeImport(repo, facts, storeTypesImport(job, app.dir));
  const qualifier = qualifierOf(repo, dirname(facts.path), type);
  const close = spec.syntax.end - 1;
  const line = lineStart(facts.text, close);
  const indent = `${indentAt(facts.text, close)}\t`;
  const isSpaced = /\n\s*\n/.test(facts.text.slice(spec.syntax.start, close));
  changes.edit(
    facts.path,
    line,
    line,
    (isSpaced ? '\n' : '') +
      `${indent}// ${name} lists the stores that the upgrade adds, renames and deletes.\n` +
      `${indent}${name} ${qualifier}.StoreUpgrades\n`,
  );
  changes.import(facts.path, type);
  return type;
}

/** A struct's declaration, and the file that has it. */
export interface DeclaredStruct {
  readonly facts: FileFacts;
  readonly spec: TypeSpec;
}

/** The declaration of the struct that a list holds. */
export function structType(
  repo: Repo,
  found: UpgradeList,
  neighbour?: Registration,
): DeclaredStruct | undefined {
  const written = writtenType(repo, found, neighbour);
  const type = written && typeRef(textOf(written));
  const dir = type && repo.folderOf(written.facts, type.qualifier);
  for (const facts of dir === undefined ? [] : repo.filesOf(dir)) {
    const spec = facts.types.find(t => t.name === type!.name && t.syntax.type === 'struct_type');
    if (spec) return { facts, spec };
  }
  return undefined;
}

/** The struct's type as an element of the list writes it, or the list. */
function writtenType(
  repo: Repo,
  { list: { literal } }: UpgradeList,
  neighbour: Registration | undefined,
): Expr | undefined {
  const struct = neighbour?.struct;
  if (struct?.type) return exprAt(struct.expr, struct.type);
  const slice = childByField(literal.node.parent, 'type');
  const type = slice && exprAt(literal, slice);
  return listType(repo, type)?.element ?? type;
}

/**
 * Writes a function that loads the stores of a list's upgrades, and calls it behind the function
 * that registers the handlers.
 */
export function createListLoader(job: Job, { list, site }: UpgradeList, field: string): void {
  const { repo, app } = job;
  const { func } = site;
  const { facts } = site.call;
  const names = namesAt({ facts, func, dir: site.dir });
  if (loadsAfter(repo, app, site)) throw new Refusal(tooLate(func.name), { file: facts.path });
  if (!func.receiver)
    throw new Refusal(
      `${func.name} is not a method of the app; add a store loader for ${list.name} by hand`,
    );
  const { upgradeTypes: path } = loaderGeneration(job.app);
  const upgradetypes = freeImport(
    repo,
    facts,
    aliasInUse(repo, app.dir, path) ?? { path, alias: 'upgradetypes' },
  );
  const fmt = freeImport(repo, facts, { path: 'fmt', alias: undefined });
  const name = loaderName(job, facts);
  const receiver = `${func.receiver.name} ${func.receiver.pointer ? '*' : ''}${func.receiver.type}`;
  const code = render('wiring/list-loader.go', {
    func: name,
    receiver,
    keeper: names.keeper,
    base: names.app,
    fmt: qualifierOf(repo, app.dir, fmt),
    item: importsOf(facts).some(i => qualifierOf(repo, app.dir, i) === 'upgrade') ? 'u' : 'upgrade',
    list: list.name,
    nameField: list.nameField,
    storesField: field,
    upgradetypes: qualifierOf(repo, app.dir, upgradetypes),
  }).trimEnd();
  const end = lineEnd(facts.text, func.end);
  job.changes.edit(facts.path, end, end, `\n${code}\n`);
  job.changes.import(facts.path, upgradetypes);
  job.changes.import(facts.path, fmt);
  callBehind(job, func.name, owner => `${owner}.${name}()`);
}

/** A name for the function that nothing in the app's package has. */
function loaderName({ repo, app }: Job, facts: FileFacts): string {
  const taken = new Set([
    ...takenNames(repo, facts),
    ...functionsOf(repo, app.dir).map(({ func }) => func.name),
  ]);
  const wanted = 'setupUpgradeStoreLoaders';
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}${n}`;
  return name;
}
