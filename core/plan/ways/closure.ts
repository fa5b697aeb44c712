import { callLike, insertStatementAfter } from '../../edit/statement.ts';
import { basename, dirname } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { childByField, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration } from '../../wiring/style.ts';
import { ownHandler } from '../handler/own-handler.ts';
import type { SpecAt } from '../package/declarations.ts';
import { nameConstant } from '../package/declarations.ts';
import { aliasLike, importCalled } from '../package/import-like.ts';
import { importPathOf } from '../package/import-path.ts';
import { addNameConstant, noteInfo } from '../package/name-constant.ts';
import {
  identifierPart,
  respellIdentifier,
  respellProse,
  speaksOfOther,
} from '../package/naming.ts';
import { packageName } from '../package/package-name.ts';
import { writePackage } from '../package/upgrade-package.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { lastInFunction, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R4: several closures in the app. Adds one more behind the last, with its name where the
 * neighbours keep theirs.
 */
export const byClosure: Way = { codes: ['R4'], insert: upgradeByClosure };

function upgradeByClosure(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R4');
  const newest = newestFirst(own, job.name);
  const neighbour = newest.find(r => r.handler?.node.type === 'func_literal') ?? newest[0]!;
  const { site: last } = lastInFunction(newest, newest[0]!);
  const constant = newName(job, newest);
  const { facts } = last.call;
  const handler = ownHandler(job, neighbour, newest, constant ? [constant] : []);
  for (const spec of handler.imports)
    job.changes.import(facts.path, freeImport(job.repo, facts, spec));
  const statement = callLike(neighbour, constant ?? quote(job.name), handler.text);
  const code = commentFor(job, neighbour) + statement;
  insertStatementAfter(job.changes, facts.path, statementOf(last), code);
  loadStores(job, { constant, after: last });
  if (job.test) job.notes.push('No test is written: the handler is a closure inside the app.');
}

/** The neighbour's comment with a line end, where it is one line that names the upgrade. */
function commentFor({ name }: Job, neighbour: Registration): string {
  const { site } = neighbour;
  const written = commentAbove(site.call.facts.text, statementOf(site).start);
  const comment = respellProse(written, nameOf(neighbour), name);
  const isShort = /^\/\/[^\n]{0,50}$/.test(comment);
  const isItsOwn = comment.includes(name) && !speaksOfOther(comment, name);
  return isShort && isItsOwn ? `${comment}\n` : '';
}

/**
 * Declares the new name where the newest neighbour declares its own; gives its Go, or undefined for
 * a literal.
 */
function newName(job: Job, newest: readonly Registration[]): string | undefined {
  const neighbour = newest[0]!;
  const constant = nameConstant(job.repo, neighbour.nameExpr);
  if (!constant) {
    noteInfo(job);
    return undefined;
  }
  const dir = dirname(constant.facts.path);
  if (dir === job.app.dir) return constantInApp(job, neighbour, constant);
  return besidePatch(job, newest) ?? packageOfNames(job, newest, dir);
}

function constantInApp(job: Job, neighbour: Registration, constant: SpecAt): string {
  const { name: text } = constant.spec;
  const respelt = respellIdentifier({ name: nameOf(neighbour), text }, job.name);
  const isNew = respelt !== undefined && respelt !== text;
  const ident = isNew ? respelt : `UpgradeName${identifierPart(job.name).replace(/^v/, 'V')}`;
  addNameConstant(job, constant, ident);
  return ident;
}

/**
 * Writes a package with the name alone, like those of the neighbours, and imports it; gives the Go
 * of the name.
 */
function packageOfNames(job: Job, newest: readonly Registration[], dir: string): string {
  const { repo, name } = job;
  const neighbour = newest[0]!;
  // One package for each (major) upgrade, some with several names: the one that has but a single
  // name shows what a new package needs.
  const main =
    newest
      .filter(r => r.package === dir)
      .find(r => nameConstant(repo, r.nameExpr)?.spec.name === 'UpgradeName') ?? neighbour;
  const ordered = [main, ...newest.filter(r => r !== main && r.package !== main.package)];
  const target = packageName(repo, name, ordered);
  refuseExisting(job.repo.texts.keys(), target.dir);
  const made = writePackage(
    {
      repo,
      name,
      neighbours: ordered.map(withoutHandler),
      stores: undefined,
      info: job.info,
      parameters: 'used',
    },
    target,
    false,
  );
  job.creates.push(...made.creates);
  if (!made.nameConst) throw new Refusal(`the constant of ${nameOf(main)} was not found`);
  const { facts } = neighbour.site.call;
  const imported = importCalled(repo, facts, qualifierOfName(main.nameExpr));
  const alias = aliasLike(
    imported,
    target,
    text =>
      respellIdentifier({ name: basename(imported!.path), text }, basename(target.dir)) ??
      respellIdentifier({ name: nameOf(main), text }, name),
  );
  const qualifier = importPackage(job, facts, importPathOf(repo, target.dir), alias);
  return `${qualifier ?? target.name}.${made.nameConst}`;
}

/** Imports a package; returns the alias it goes by. */
function importPackage(
  { repo, changes }: Job,
  facts: FileFacts,
  path: string,
  alias: string | undefined,
): string | undefined {
  const spec = freeImport(repo, facts, { path, alias });
  changes.import(facts.path, spec);
  return spec.alias;
}

/** The package's name in `v3.UpgradeName`. */
function qualifierOfName(name: Expr): string | undefined {
  if (name.node.type !== 'selector_expression') return undefined;
  return textOf(exprAt(name, childByField(name.node, 'operand')!));
}

/**
 * Declares the name in the package of the upgrade that it follows up, as another follow-up of that
 * one is: `v4-minor` beside `v4` and `v4-patch`, `MinorUpgradeName` as `PatchUpgradeName`.
 */
function besidePatch(job: Job, newest: readonly Registration[]): string | undefined {
  for (const other of newest) {
    const constant = nameConstant(job.repo, other.nameExpr);
    const qualifier = qualifierOfName(other.nameExpr);
    const parent = newest.find(r => isFollowUp(other, r));
    if (!constant || qualifier === undefined || !parent) continue;
    const prefix = `${nameOf(parent)}-`;
    const word = capitalised(nameOf(other).slice(prefix.length));
    const { name } = constant.spec;
    if (word === '' || !name.includes(word) || !job.name.startsWith(prefix)) continue;
    const newWord = capitalised(identifierPart(job.name.slice(prefix.length)));
    const ident = name.replace(word, newWord);
    addNameConstant(job, constant, ident);
    return `${qualifier}.${ident}`;
  }
  return undefined;
}

function isFollowUp(other: Registration, parent: Registration): boolean {
  return (
    parent !== other &&
    parent.package === other.package &&
    nameOf(other).startsWith(`${nameOf(parent)}-`)
  );
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** The package holds names only: the handler stays in the app. */
function withoutHandler({ handler: _handler, ...registration }: Registration): Registration {
  return registration;
}
