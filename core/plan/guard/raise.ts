import type { Guard, GuardRelease } from '../../chain/guard.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { insertElement } from '../../edit/list-element.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { exprAt, fieldOf, structOf } from '../../go/eval/value.ts';
import { childByField, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import type { NewRelease } from './release-row.ts';
import { releaseRow } from './release-row.ts';

/**
 * Has a new upgrade lead to the next app version: raises it and adds its row. Where it was raised
 * since the last release, as for a candidate of this upgrade, the plan goes into the row that is
 * there. No step where there is no version guard, or the answers leave it out.
 */
export function raiseAppVersion(input: PlanInput, name: string, answers: Answers): readonly Step[] {
  const { repo } = input.analysis;
  const asked = answers['app-version'];
  const guard = asked === false ? undefined : readGuardOf(repo, input.app);
  if (asked === true && !guard)
    throw new Refusal('there is no version guard: add it with chain-upgrade guard');
  if (!guard) return [];
  const last = lastRow(guard);
  const isRaised = wasRaised(input, guard);
  const version = isRaised ? last.version : last.version + 1;
  return [
    {
      name: 'raise the app version',
      apply(draft) {
        const now = readGuardOf(draft.repo, input.app) ?? guard;
        if (isRaised) addPlan(draft.edits, lastRow(now), name);
        else addRow(draft.edits, now, { version, software: name, upgrades: [name] });
        draft.note(
          isRaised
            ? `the app version was ${version} already since the last release: ${name} leads to it too`
            : `the app version is ${version} now; messages call it ${name}, which the last row of ` +
                `${now.dir} may spell out`,
        );
        return [{ kind: 'guard', dir: input.app.dir, version, software: name, upgrade: name }];
      },
    },
  ];
}

const byHand = 'or leave it out with --no-app-version and raise it by hand';

/** The row of the current app version, which has to be the last one. */
function lastRow(guard: Guard): GuardRelease & { readonly version: number } {
  const { current, releases, isWhole, constant } = guard;
  const last = releases.at(-1);
  if (current === null || !isWhole || !last || last.version !== current)
    throw new Refusal(
      `Current and Releases of the version guard in ${guard.dir} do not agree, or cannot be read: ` +
        `mend them, ${byHand}`,
      { file: constant.facts.path },
    );
  return { ...last, version: current };
}

/** Whether the app version is another one than at the last release, or the guard is newer than it. */
function wasRaised({ base, app }: PlanInput, { current }: Guard): boolean {
  if (!base?.repo) return false;
  const then = base.chain.apps.find(({ dir }) => dir === app.dir) ?? base.chain.apps[0];
  const was = then && readGuardOf(base.repo, then);
  return !was || (was.current !== null && was.current !== current);
}

function addRow(edits: EditBatch, guard: Guard, row: NewRelease): void {
  const { facts, spec } = guard.constant;
  const { value } = spec;
  const struct = childByField(guard.table.node, 'body');
  const last = struct && namedChildren(struct).at(-1);
  if (value?.type !== 'int_literal' || !struct || !last)
    throw new Refusal(
      `Current or Releases of the version guard in ${guard.dir} are computed: write them out, ` +
        byHand,
      { file: facts.path },
    );
  edits.edit(facts.path, value.start, value.end, String(row.version));
  insertElement(edits, exprAt(guard.table, struct), last, releaseRow(row), false);
}

function addPlan(edits: EditBatch, { row }: GuardRelease, name: string): void {
  const struct = structOf(edits.repo, row)!;
  const { path } = row.facts;
  const upgrades = fieldOf(struct, 'Upgrades');
  const list = upgrades && childByField(upgrades.node, 'body');
  if (upgrades && !list)
    throw new Refusal(
      `the plans of the last row in ${path} are computed: write them out, ${byHand}`,
    );
  if (upgrades && list) {
    insertElement(edits, exprAt(upgrades, list), namedChildren(list).at(-1), quote(name), false);
    return;
  }
  const last = namedChildren(struct.body).at(-1);
  const at = last?.end ?? struct.body.end - 1;
  edits.edit(path, at, at, `${last ? ', ' : ''}Upgrades: []string{${quote(name)}}`);
}
