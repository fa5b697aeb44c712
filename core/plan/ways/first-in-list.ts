import { insertElement } from '../../edit/list-element.ts';
import { dirname, join } from '../../files.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { Refusal } from '../../refusal.ts';
import type { UpgradeList } from '../../wiring/style.ts';
import { firstPackage } from '../package/first-package.ts';
import { importPathOf } from '../package/import-path.ts';
import { packageIdentifier } from '../package/naming.ts';
import { needsAlias } from '../package/package-name.ts';
import { testFile } from '../package/upgrade-test.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Job } from '../upgrade/job.ts';
import { structType } from '../upgrade/list-loader.ts';
import { structShape } from './upgrade-struct.ts';

/** R1 with an empty list: the first element, in a package beside the struct's own declaration. */
export function firstInList(job: Job, found: UpgradeList): void {
  const { list } = found;
  const declared = structType(job.repo, found);
  if (!declared)
    throw new Refusal(
      `the type of ${list.name}'s elements was not found; write the first upgrade by hand`,
    );
  const { facts: declaring, spec } = declared;
  const dir = dirname(declaring.path);
  const shape = structShape(job.repo, declaring, spec.syntax, job.repo.importPath(dir) ?? dir);
  if (!shape)
    throw new Refusal(
      `${spec.name} has no field for a name or none for a handler; ` +
        'write the first upgrade by hand',
    );
  const { nameField, handlerField } = list;
  const name = packageIdentifier(job.name);
  const root = dir === job.app.dir ? join(dir, 'upgrades') : dir;
  const target = { dir: join(root, name), name };
  refuseExisting(job.repo.texts.keys(), target.dir);
  const made = firstPackage(job, target, { ...shape, type: spec.name, nameField, handlerField });
  job.creates.push(...made.creates);

  const { facts } = list.literal;
  const withPackage = job.repo.with(job.creates.map(create => [create.file, create.text]));
  const path = importPathOf(job.repo, target.dir);
  const imported = freeImport(withPackage, facts, { path, alias: needsAlias(target) });
  job.changes.import(facts.path, imported);
  const element = `${imported.alias ?? target.name}.Upgrade`;
  insertElement(job.changes, list.literal, undefined, element, false);
  if (job.test) {
    const file = join(target.dir, 'upgrade_test.go');
    const upgrade = 'Upgrade';
    job.creates.push(
      testFile(job, { package: target, file, made, upgrade, nameField, handlerField }),
    );
  }
}
