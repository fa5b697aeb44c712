import { callLike, commentBefore, insertStatementAfter } from '../../edit/statement.ts';
import { basename, dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { importsOf } from '../../go/source/facts.ts';
import { childByField, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration } from '../../wiring/style.ts';
import { ownHandler } from '../handler/own-handler.ts';
import { addNameConstant, noteInfo } from '../package/name-constant.ts';
import { identifierPart, respellIdentifier, respellProse } from '../package/naming.ts';
import { nameConstant } from '../package/declarations.ts';
import { needsAlias, packageName } from '../package/package-name.ts';
import { writePackage } from '../package/upgrade-package.ts';
import type { Job } from '../upgrade/job.ts';
import { refuseExisting } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R4: several closures in the app. Adds one more behind the last, with its name where the
 * neighbours keep theirs.
 */
export const byClosure: Way = { codes: ['R4'], insert: upgradeByClosure };

function upgradeByClosure(job: Job): undefined {
  const like = newestFirst(
    job.wiring.registrations.filter(r => r.code === 'R4'),
    job.name,
  );
  const neighbour = like.find(r => r.handler?.node.type === 'func_literal') ?? like[0]!;
  const last = like
    .filter(r => r.site.fn === like[0]!.site.fn)
    .sort((a, b) => b.site.call.node.start - a.site.call.node.start)[0]!;
  const constant = newName(job, like);
  const { facts } = last.site.call;
  const handler = ownHandler(job, neighbour, like, constant ? [constant] : []);
  for (const wanted of handler.imports)
    job.changes.import(facts.path, freeImport(job.repo, facts, wanted));
  const statement = callLike(neighbour, constant ?? quote(job.name), handler.text);
  const comment = respellProse(
    commentBefore(neighbour.site.call.facts.text, statementOf(neighbour.site)),
    nameOf(neighbour),
    job.name,
  );
  const said =
    /^\/\/[^\n]{0,50}$/.test(comment) && comment.includes(job.name) ? `${comment}\n` : '';
  insertStatementAfter(job.changes, facts.path, statementOf(last.site), said + statement);
  loadStores(job, { constant, after: last.site });
  if (job.test) job.notes.push('No test is written: the handler is a closure inside the app.');
}

/**
 * Declares the new name where the newest neighbour declares its own; gives its Go, or undefined for
 * a literal.
 */
function newName(job: Job, like: readonly Registration[]): string | undefined {
  const { repo, name } = job;
  const neighbour = like[0]!;
  const spec = nameConstant(repo, neighbour.nameExpr);
  if (!spec) {
    noteInfo(job);
    return undefined;
  }
  const dir = dirname(spec.facts.path);
  const { facts } = neighbour.site.call;
  if (dir === job.app.dir) {
    const ident =
      respellIdentifier({ name: nameOf(neighbour), text: spec.spec.name }, name) ??
      `UpgradeName${identifierPart(name).replace(/^v/, 'V')}`;
    const free =
      ident === spec.spec.name ? `UpgradeName${identifierPart(name).replace(/^v/, 'V')}` : ident;
    addNameConstant(job, spec, free);
    return free;
  }
  const beside = besidePatch(job, like);
  if (beside) return beside;
  // One package for each (major) upgrade, some with several names: the one that has but a single
  // name shows what a new package needs.
  const main =
    like
      .filter(r => r.package === dir)
      .find(r => nameConstant(repo, r.nameExpr)?.spec.name === 'UpgradeName') ?? neighbour;
  const ordered = [main, ...like.filter(r => r !== main && r.package !== main.package)];
  const target = packageName(repo, name, ordered);
  refuseExisting(job, target.dir);
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
  const operand =
    main.nameExpr.node.type === 'selector_expression'
      ? textOf(exprAt(main.nameExpr, childByField(main.nameExpr.node, 'operand')!))
      : undefined;
  const before = importsOf(facts).find(i => qualifierOf(repo, dirname(facts.path), i) === operand);
  const alias =
    before?.alias === undefined
      ? needsAlias(target, before !== undefined)
      : (respellIdentifier(
          { name: basename(before.path), text: before.alias },
          basename(target.dir),
        ) ??
        respellIdentifier({ name: nameOf(main), text: before.alias }, name) ??
        target.name);
  const wanted: ImportSpec = freeImport(repo, facts, {
    path: `${repo.importPath(dirname(target.dir)) ?? ''}/${basename(target.dir)}`,
    alias,
  });
  job.changes.import(facts.path, wanted);
  return `${wanted.alias ?? target.name}.${made.nameConst}`;
}

/**
 * Declares the name in the package of the upgrade that it follows up, as another follow-up of that
 * one is: `v4-minor` beside `v4` and `v4-patch`, `MinorUpgradeName` as `PatchUpgradeName`.
 */
function besidePatch(job: Job, like: readonly Registration[]): string | undefined {
  for (const other of like) {
    const spec = nameConstant(job.repo, other.nameExpr);
    const parent = like.find(
      r => r !== other && r.package === other.package && nameOf(other).startsWith(`${nameOf(r)}-`),
    );
    const word = parent && nameOf(other).slice(nameOf(parent).length + 1);
    const capital = word && capitalised(word);
    if (
      !spec ||
      !capital ||
      !job.name.startsWith(`${nameOf(parent)}-`) ||
      !spec.spec.name.includes(capital) ||
      other.nameExpr.node.type !== 'selector_expression'
    )
      continue;
    const ident = spec.spec.name.replace(
      capital,
      capitalised(identifierPart(job.name.slice(nameOf(parent).length + 1))),
    );
    addNameConstant(job, spec, ident);
    return `${textOf(exprAt(other.nameExpr, childByField(other.nameExpr.node, 'operand')!))}.${ident}`;
  }
  return undefined;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** The package holds names only: the handler stays in the app. */
function withoutHandler(registration: Registration): Registration {
  const { handler: _, ...rest } = registration;
  void _;
  return rest;
}
