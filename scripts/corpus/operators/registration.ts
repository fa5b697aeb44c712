import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { appendElement, nodeAt, removeElement } from '../../../core/go/edit/repairs.ts';
import { quote } from '../../../core/go/syntax/syntax.ts';
import { outermost, replaced, sourceOf } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

/** Mistakes in how the upgrade is registered. */
export const registrationOperators: readonly Operator[] = [
  { name: 'drop the registration', rules: ['upgrade-not-registered'], breaks: dropped },
  { name: 'register it twice', rules: ['duplicate-upgrade'], breaks: doubled },
];

/** Mistakes in the upgrade's name. */
export const nameOperators: readonly Operator[] = [
  {
    name: 'a name cosmovisor changes',
    rules: ['cosmovisor-unsafe-name'],
    breaks: given => renamed(given, name => `${name} Final`),
  },
  {
    name: "a name that is not the folder's",
    rules: ['upgrade-name-inconsistent', 'duplicate-upgrade'],
    breaks: given =>
      renamed(given, name =>
        isVersionOfFolder(name, given.newest.package) ? laterVersion(name) : undefined,
      ),
  },
];

function dropped(given: Case): EditBatch | undefined {
  const { repo, app, newest } = given;
  const facts = repo.facts(newest.location.file)!;
  const node = nodeAt(facts, newest.location);
  const sharesPackage = app.upgrades.some(
    other => other !== newest && other.package === newest.package,
  );
  if (!node || !isListed(given) || newest.package === app.dir || sharesPackage) return undefined;
  const changes = new EditBatch(repo);
  removeElement(changes, facts, outermost(node));
  return changes;
}

function doubled(given: Case): EditBatch | undefined {
  const { repo, newest } = given;
  const facts = repo.facts(newest.location.file)!;
  const node = nodeAt(facts, newest.location);
  const body = node && outermost(node).parent;
  if (!node || body?.type !== 'literal_value') return undefined;
  if (!isListed(given) || node.type === 'keyed_element') return undefined;
  const changes = new EditBatch(repo);
  appendElement(changes, facts, body, sourceOf(facts, node));
  return changes;
}

function isListed({ app, newest, wiringOf }: Case): boolean {
  const registration = wiringOf(app).registrations[app.upgrades.indexOf(newest)];
  return registration?.list !== undefined;
}

/** Whether a name is a version and the upgrade's folder is called by the same one. */
function isVersionOfFolder(name: string, folder: string): boolean {
  if (!/^v\d+(\.\d+)*$/.test(name)) return false;
  const digits = name.replace(/^v/, '').replace(/[._]/g, '[._]');
  return new RegExp(`(^|/)v?${digits}([._]0)*$`).test(folder);
}

function laterVersion(name: string): string {
  return name.replace(/\d+$/, digits => String(Number(digits) + 7));
}

/** Writes another name where the name is written: a literal, or the constant's value. */
function renamed(
  { repo, app, newest, wiringOf }: Case,
  to: (name: string) => string | undefined,
): EditBatch | undefined {
  const registration = wiringOf(app).registrations[app.upgrades.indexOf(newest)];
  const now = newest.name === null ? undefined : to(newest.name);
  if (!registration || now === undefined) return undefined;
  for (const facts of repo.filesOf(newest.package)) {
    for (const { value } of [...facts.consts, ...facts.vars]) {
      if (value && sourceOf(facts, value) === quote(newest.name!))
        return replaced(repo, facts.path, value, quote(now));
    }
  }
  return undefined;
}
