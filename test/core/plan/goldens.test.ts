import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Answers } from '../../../core/plan/question.ts';
import { chainsDir, filesBelow } from '../../support/chains.ts';
import { gofmtIsHere, gofmtWish } from '../../support/gofmt.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, asPatch, openChain, planIn } from '../../support/plans.ts';

/**
 * What is asked of a chain, in `test/goldens/<chain>/<case>.case.json`; what is planned is in
 * `<case>.patch` beside it.
 */
interface GoldenCase {
  /** The app, where the chain has several. */
  readonly app?: string;
  readonly answers: Answers;
  /** Whether the plan is refused; the patch then holds the reason. */
  readonly refused?: true;
}

const goldens = join(chainsDir, '../goldens');
const files = filesBelow(goldens).filter(file => !file.startsWith('migration/'));
const suffix = '.case.json';
/** Run with UPDATE=1 to write the patches anew, then review them. */
const update = process.env['UPDATE'] === '1';

describe('a new upgrade', function () {
  this.timeout(30_000);

  for (const caseFile of files.filter(name => name.endsWith(suffix))) {
    const golden = caseFile.slice(0, -suffix.length);
    const { app, answers, refused } = readCase(caseFile);
    describe(golden, () => {
      let opened: Opened;
      let plan: Plan;
      before(async () => {
        opened = await openChain(golden.split('/')[0]!, app === undefined ? {} : { app });
        plan = planIn(opened, answers);
      });

      it('is what was reviewed', () => {
        const patch = join(goldens, `${golden}.patch`);
        const text = asPatch(plan);
        if (update) writeFileSync(patch, text);
        const missing = `there is no ${golden}.patch; write it with UPDATE=1 and review it`;
        assert.ok(existsSync(patch), missing);
        assert.equal(text, readFileSync(patch, 'utf8'));
      });

      if (refused) {
        it('is refused with a reason, and nothing to write', () => assertRefused(plan));
        return;
      }

      it('is offered', () => assert.equal(plan.refused?.reason, undefined));

      it('is gofmt-clean, with the line ends of its neighbours', () => {
        for (const { file, text, before } of textsOf(plan)) {
          const crlf = golden.startsWith('crlf/');
          assert.equal(/[^\r]\n/.test(text), !crlf, `line ends of ${file}`);
          assert.equal(
            text.startsWith('\uFEFF'),
            before?.startsWith('\uFEFF') ?? false,
            `byte order mark of ${file}`,
          );
          if (gofmtIsHere && file.endsWith('.go')) assert.equal(gofmtWish(text), undefined, file);
        }
      });

      it('is refused a second time', () => assertRefused(planIn(applied(opened, plan), answers)));

      it('is the same when asked again', () => assert.deepEqual(planIn(opened, answers), plan));
    });
  }

  it('has a case for each patch', () => {
    const patches = files.filter(file => file.endsWith('.patch'));
    const stray = patches.filter(file => !files.includes(file.replace(/\.patch$/, suffix)));
    assert.deepEqual(stray, []);
  });
});

function readCase(file: string): GoldenCase {
  return JSON.parse(readFileSync(join(goldens, file), 'utf8')) as GoldenCase;
}

function textsOf(plan: Plan): { file: string; text: string; before?: string }[] {
  return [
    ...plan.creates,
    ...plan.edits.map(({ file, before, after }) => ({ file, text: after, before })),
  ];
}

function assertRefused(plan: Plan): void {
  assert.ok(plan.refused, 'the plan is offered');
  assert.match(plan.refused.reason, /^\S.{10,400}$/, 'the reason is one line');
  assert.deepEqual([plan.creates, plan.edits], [[], []]);
}
