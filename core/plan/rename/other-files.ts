import type { Baseline } from '../../chain/baseline.ts';
import { checksFile } from '../../checks-file.ts';
import { escapeRegExp } from '../../escape-reg-exp.ts';
import { basename, dirname } from '../../files.ts';
import { usesCrlf } from '../../go/edit/edit.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { cosmovisorFolder } from '../../sdk/cosmovisor.ts';
import { operatorsFolder } from '../operators/place.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { FileMove } from './folders.ts';
import type { PlanNames } from './habits.ts';
import { isWord } from './habits.ts';
import type { PlaceAfter } from './left.ts';
import type { RenamedPlan } from './renamed-plan.ts';

/** What becomes of files that are no Go. */
export interface OtherChanges {
  readonly moves: readonly FileMove[];
  /** New texts, by where the files are now. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files of another app's plan of the same name. */
  readonly foreign: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The checks and operator files of a plan, which this tool writes: they move, and name the new plan.
 * Where another app has a plan of that name, only those of a network whose lock says that it runs this
 * app. Throws `Refusal` where something is at their new place.
 */
export function otherChanges(plan: RenamedPlan, bases: readonly Baseline[]): OtherChanges {
  const { texts: all } = plan.repo;
  const places = placesOf(all, plan.from).map(place => placeChanges(place, plan, bases));
  const parts = [checksChanges(plan), ...places];
  const moves = parts.flatMap(part => part.moves);
  for (const { to } of moves) refuseExisting(all.keys(), to);
  return {
    moves,
    texts: new Map(parts.flatMap(part => [...part.texts])),
    foreign: parts.flatMap(({ foreign }) => foreign),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

const nothing: OtherChanges = { moves: [], texts: new Map(), foreign: [], notes: [] };

function checksChanges(plan: RenamedPlan): OtherChanges {
  const { texts } = plan.repo;
  const from = checksFile(plan.from);
  const text = texts.get(from);
  if (text === undefined) return nothing;
  if (plan.sharing.length > 0)
    return { ...nothing, foreign: [from], notes: [sharedNote(from, plan)] };
  return {
    ...nothing,
    moves: [{ from, to: checksFile(plan.to) }],
    texts: new Map([[from, withAskedName(text, plan)]]),
  };
}

/** What becomes of the operator files of one network. */
function placeChanges(place: string, plan: RenamedPlan, bases: readonly Baseline[]): OtherChanges {
  const { texts: all } = plan.repo;
  const files = [...all.keys()].filter(path => path.startsWith(`${place}/`));
  const owner = ownerOf(place, plan, bases);
  if (owner !== 'own')
    return {
      ...nothing,
      foreign: files,
      notes: owner === 'unknown' ? [sharedNote(place, plan)] : [],
    };
  const isVersion = softwareOf(all.get(`${place}/manifest.json`)) === plan.from;
  const folder = `${dirname(place)}/${cosmovisorFolder(plan.to)}`;
  const moves: FileMove[] = [];
  const texts = new Map<string, string>();
  const notes: string[] = [];
  for (const file of files) {
    const to = folder + file.slice(place.length);
    if (to !== file) moves.push({ from: file, to });
    const text = operatorText(basename(file), all.get(file)!, plan, isVersion);
    if (text === undefined) notes.push(notChanged(to, plan.from));
    else texts.set(file, text);
  }
  return { ...nothing, moves, texts, notes };
}

/** Whose operator files a folder holds: where apps share the plan's name, the network's lock says it. */
function ownerOf(
  place: string,
  { app, sharing }: RenamedPlan,
  bases: readonly Baseline[],
): 'own' | 'other' | 'unknown' {
  if (sharing.length === 0) return 'own';
  const lock = bases.find(({ ref, repo }) => !repo && ref === basename(dirname(place)));
  if (!lock?.apps) return 'unknown';
  return lock.apps.includes(app.dir) ? 'own' : 'other';
}

function sharedNote(place: string, { from, sharing }: RenamedPlan): string {
  const apps = sharing.map(({ dir }) => dir).join(', ');
  return `not changed: ${place} may be of ${from} in ${apps}; copy or move it by hand`;
}

/** The folders of a plan's operator files, one for each network. */
function placesOf(texts: ReadonlyMap<string, string>, plan: string): string[] {
  const folder = cosmovisorFolder(plan);
  const found = [...texts.keys()].flatMap(path => {
    const [top, network, own, file] = path.split('/');
    const isOne = top === operatorsFolder && own === folder && file !== undefined;
    return isOne ? [[top, network, own].join('/')] : [];
  });
  return [...new Set(found)];
}

function softwareOf(manifest: string | undefined): string | undefined {
  return /"version": "([^"]*)"/.exec(manifest ?? '')?.[1];
}

/** What the binaries are, which no name of a plan changes: their checksums are of these texts. */
const ofBinaries = /^(manifest\.json|checksums\.txt)$/;
const documents = /^(proposal|cancel)\.json$|^(versions-entry|kubernetes)\.json$/;
const written =
  /^((proposal|cancel|install|preupgrade)\.sh|RUNBOOK\.md|RELEASE-NOTES\.md|ANNOUNCEMENT\.md|CHANGELOG-entry\.md|[^/]+\.(env|service))$/;

/**
 * An operator file with the new name; undefined where it names the plan and it is not certain that
 * nothing else is meant. `isVersion`: the release of the binaries is called as the plan is.
 */
function operatorText(
  file: string,
  text: string,
  names: PlanNames,
  isVersion: boolean,
): string | undefined {
  if (ofBinaries.test(file) || !mentions(text, names.from)) return text;
  if (documents.test(file)) return withJsonName(text, names);
  const isCertain = written.test(file) && !isVersion && !isWord(names.from);
  return isCertain ? withWords(text, names) : undefined;
}

/** A JSON text whose members `"name"` of that value have the new one, and its prose too. */
function withJsonName(text: string, { from, to }: PlanNames): string {
  const member = new RegExp(`("(?:name|plan)"\\s*:\\s*)${escapeRegExp(JSON.stringify(from))}`, 'g');
  const prose = /("(?:title|summary|description)"\s*:\s*)("(?:[^"\\]|\\.)*")/g;
  return text
    .replace(member, (_, key: string) => key + JSON.stringify(to))
    .replace(prose, (found, key: string, value: string) =>
      isWord(from) ? found : key + withWords(value, { from, to }),
    );
}

/** The name that a query of x/upgrade asks for; in another one it is something else. */
function withAskedName(text: string, { from, to }: PlanNames): string {
  const asked = new RegExp(
    `("query"\\s*:\\s*"[^"]*cosmos\\.upgrade\\.[^"]*"\\s*,\\s*"request"\\s*:\\s*\\{\\s*"name"\\s*:\\s*)${escapeRegExp(JSON.stringify(from))}`,
    'g',
  );
  return text.replace(asked, (_, before: string) => before + JSON.stringify(to));
}

/** The name where it is a word, and the folder that cosmovisor keeps its binary in. */
function withWords(text: string, { from, to }: PlanNames): string {
  const folder = `upgrades/${cosmovisorFolder(from)}`;
  const file = new RegExp(`\\b${escapeRegExp(folder)}(?![\\w.-]*\\w)`, 'g');
  return text.replace(file, `upgrades/${cosmovisorFolder(to)}`).replace(wordPattern(from), to);
}

/** A name as a word: no part of an address, of a path or of a longer name. */
function wordPattern(name: string): RegExp {
  return new RegExp(`(?<![\\w./@-])${escapeRegExp(name)}(?![\\w/@]|[.+-]\\w)`, 'g');
}

function mentions(text: string, name: string): boolean {
  return wordPattern(name).test(text) || text.includes(`upgrades/${cosmovisorFolder(name)}`);
}

function notChanged(file: string, name: string): string {
  return `not changed: ${file} names ${name}; change it, or write it anew`;
}

/** A text of names, one of which is the plan's, with the new one in its place. */
export function withListedName(text: string, { from, to }: PlanNames): string {
  const newline = usesCrlf(text) ? '\r\n' : '\n';
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/\S+/g, word => (word === from ? to : word)))
    .join(newline);
}

/** A note for every file of the team's own that names the plan and stays as it is. */
export function leftNotes(
  { texts }: Repo,
  touched: ReadonlySet<string>,
  name: string,
  placeAfter: PlaceAfter,
): string[] {
  return [...texts]
    .filter(
      ([file]) => !file.endsWith('.go') && !/(^|\/)(go\.(mod|work)|upgrades\.lock\/.*)$/.test(file),
    )
    .filter(([file, text]) => !touched.has(file) && mentions(text, name))
    .map(([file]) => notChanged(placeAfter(file), name));
}
