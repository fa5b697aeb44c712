import { EditBatch } from '../../go/edit/edit-batch.ts';
import { textOf } from '../../go/eval/value.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration, StyleCode } from '../../wiring/style.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import { refuseWay } from '../ways/by-hand.ts';
import { byClosure } from '../ways/closure.ts';
import { constructed } from '../ways/constructed.ts';
import { framework } from '../ways/framework.ts';
import { inPlace } from '../ways/in-place.ts';
import { inList } from '../ways/list.ts';
import { inLocalList } from '../ways/local-list.ts';
import { inMap } from '../ways/map-entry.ts';
import { byMethod } from '../ways/method.ts';
import { byName } from '../ways/names.ts';
import { onePackage } from '../ways/one-package.ts';
import { inPrivateList } from '../ways/private-list.ts';
import { registeringPackage } from '../ways/registering-package.ts';
import { routed } from '../ways/router.ts';
import { selfRegistering } from '../ways/self-registering.ts';
import { byStatement } from '../ways/statement.ts';
import { inTaggedLists, tagOf } from '../ways/tagged-lists.ts';
import type { AllowedChange, Way } from '../ways/way.ts';
import type { Job } from './job.ts';
import { newestFirst } from './neighbour.ts';
import { lossNote } from './newest-only.ts';
import { snippet } from './snippet.ts';

/**
 * The ways that New Upgrade writes in. What a chain does comes first in the code of its newest
 * upgrade; this order only settles ties.
 */
const ways: readonly Way[] = [
  inList,
  inTaggedLists,
  inLocalList,
  inPrivateList,
  inMap,
  routed,
  byName,
  byStatement,
  byClosure,
  byMethod,
  constructed,
  registeringPackage,
  selfRegistering,
  inPlace,
  onePackage,
  framework,
];

/** Whether New Upgrade writes into that way of registering. */
export function isWritable(code: StyleCode): boolean {
  return ways.some(way => way.codes.includes(code));
}

/**
 * Writes the upgrade in the way of this chain's newest upgrade that can be followed. Returns what
 * becomes of an earlier one.
 */
export function chooseWay(job: Job, answers: Answers): AllowedChange {
  const { wiring } = job;
  refuseUnread(job);
  refuseUnknownList(job, answers);
  const codes = [
    ...[...newestFirst(wiring.registrations, job.name), ...wiring.registrations].map(r => r.code),
    ...silentCodes(job),
  ];
  const way = followedWay(codes) ?? refuseWay(job, codes);
  const convert = answers['convert'] === true;
  if (convert && !way.single)
    throw new Refusal(
      '--convert is for chains with a single handler in the app; ' +
        'this one has a list or several handlers already',
    );
  refuseNameless(
    job,
    wiring.registrations.filter(r => way.codes.includes(r.code)),
  );
  return way.single ? insertSingle(job, way, convert, answers) : way.insert(job, answers);
}

/**
 * Rewrites a single handler, or makes a list of it. A refusal names the other of the two, where
 * that is open.
 */
function insertSingle(job: Job, way: Way, convert: boolean, answers: Answers): AllowedChange {
  const [asked, other] = convert ? [framework, way] : [way, framework];
  const isOtherOpen = isOpen(job, other, answers);
  try {
    const allowed = asked.insert(job, answers);
    // First of all notes: it may be a reason to answer another way.
    if (allowed?.replaces !== undefined)
      job.notes.unshift(...lossNote(job, allowed.replaces, isOtherOpen));
    return allowed;
  } catch (error) {
    if (!(error instanceof Refusal) || !isOtherOpen) throw error;
    const { reason, ...where } = error.info;
    const advice = convert
      ? 'without --convert the single handler is rewritten'
      : 'with --convert the chain gets a list of upgrades';
    throw new Refusal(`${reason}; ${advice}`, where);
  }
}

/** Whether a way could write the upgrade: it is tried on texts that are thrown away. */
function isOpen(job: Job, way: Way, answers: Answers): boolean {
  const changes = new EditBatch(job.repo);
  const trial: Job = { ...job, changes, creates: [], plain: new Map(), notes: [], tidy: [] };
  try {
    way.insert(trial, answers);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The codes of ways that leave no registration behind. */
function silentCodes({ wiring }: Job): StyleCode[] {
  return wiring.codes.filter(code => code.startsWith('R'));
}

/** Refuses where the app seems to register nothing, but has a call that was not understood. */
function refuseUnread(job: Job): void {
  const { registrations, unknown } = job.wiring;
  if (registrations.length > 0 || !silentCodes(job).every(code => code.startsWith('R14'))) return;
  const unread = unknown.find(({ expr }) => expr.node.type === 'call_expression');
  if (unread)
    throw new Refusal(
      'this app registers upgrades in a way that is not understood; add this one by hand',
      { file: unread.expr.facts.path, snippet: snippet(job) },
    );
}

/**
 * The way of the first code that can be followed. Where others are kept beside a handler that would
 * be rewritten, theirs: rewriting would lose it.
 */
function followedWay(codes: readonly StyleCode[]): Way | undefined {
  const known = codes.flatMap(code => ways.find(way => way.codes.includes(code)) ?? []);
  const [first] = known;
  if (!first?.single) return first;
  return known.find(way => !way.single && way !== framework) ?? first;
}

function refuseUnknownList({ wiring }: Job, answers: Answers): void {
  const names = new Set(wiring.lists.map(l => l.list.name));
  const known = new Set(wiring.lists.map(l => (l.code === 'R1e' ? tagOf(l) : l.list.name)));
  const asked = answerItems(answers['list']) ?? [];
  const unknown = asked.find(name => !names.has(name) && !known.has(name));
  if (unknown === undefined) return;
  const found = known.size > 0 ? ` (found: ${[...known].join(', ')})` : '';
  throw new Refusal(`no list of upgrades "${unknown}"${found}`);
}

/** What is to be followed, or rewritten, has to be known by its plan name. */
function refuseNameless(job: Job, followed: readonly Registration[]): void {
  const [first] = followed;
  if (!first || followed.some(r => r.name.kind === 'known')) return;
  const why =
    first.name.kind === 'unknown'
      ? first.name.why
      : `${textOf(first.nameExpr)} is declared in a package that is not in this repository`;
  throw new Refusal(
    `the plan names of this chain's upgrades are not known: ${why}; add this one by hand`,
    { file: first.place.facts.path, snippet: snippet(job) },
  );
}
