import type { Plan } from '../../core/plan/plan.ts';
import type { Question } from '../../core/plan/question.ts';
import type { OfferedTask } from '../../core/plan/task.ts';
import { Refusal } from '../../core/refusal.ts';
import { newMigration, newUpgrade } from '../../core/tasks/tasks.ts';
import type { OptionValues } from '../../host/commands/answers.ts';
import { lintFolder } from '../../host/commands/lint.ts';
import { planFor } from '../../host/commands/prepare.ts';
import { openSession } from '../../host/commands/session.ts';
import { refusalLine, unifiedDiff } from '../../host/commands/show.ts';
import { writeRemembered } from '../../host/undo/written.ts';
import { treeHash } from './plans.ts';
import type { McpServer } from './sdk.ts';
import { z } from './sdk.ts';
import type { ToolBox } from './tool.ts';
import { answering, anyObject, noteTaker, reads, whichChain } from './tool.ts';

const writes = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: false,
} as const;

/** Offers the tools that plan, and those that write. */
export function offerWriting(server: McpServer, box: ToolBox): void {
  offerPlan(server, box, {
    name: 'plan_upgrade',
    description:
      'Plans a new chain upgrade in the style of the chain, and writes nothing: the diff and its ' +
      'planHash, for apply_plan. Stores that are new since the last release are added by default.',
    task: newUpgrade,
  });
  offerPlan(server, box, {
    name: 'plan_migration',
    description:
      "Plans a module's next version and its migration, and writes nothing: the diff and its " +
      'planHash, for apply_plan.',
    task: newMigration,
  });
  offerApply(server, box);
  offerFix(server, box);
}

interface PlanTool {
  readonly name: string;
  readonly description: string;
  readonly task: OfferedTask;
}

function offerPlan(server: McpServer, { folders, plans }: ToolBox, tool: PlanTool): void {
  const { name, description, task } = tool;
  const answers = Object.fromEntries(
    task.questions.map(question => [question.id, answerSchema(question)]),
  );
  const base = z.string().optional().describe('The git ref that the network runs.');
  server.registerTool(
    name,
    {
      title: task.title,
      description,
      annotations: reads,
      inputSchema: z.object({ ...whichChain, base, ...answers }),
      outputSchema: anyObject,
    },
    ({ dir, app, base: ref, ...given }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        const session = await openSession(await folders.rootOf(dir), tell);
        const values = given as OptionValues;
        const plan = await planFor(task, session, { app, base: ref, given: values });
        if (plan.refused) throw refusal(plan);
        const { root, repo } = session;
        const subject = task.argument === undefined ? undefined : values[task.argument];
        const command = `${name} ${String(subject ?? '')}`.trim();
        const planHash = plans.add({ root, plan, tree: treeHash(repo), command });
        return { root, planHash, ...summary(plan), notes: [...notes, ...plan.notes] };
      }),
  );
}

/** What a refused plan says, with the Go to paste where there is some. */
function refusal({ refused }: Plan): Refusal {
  const { snippet } = refused!;
  const paste = snippet === undefined ? '' : `; to paste by hand: ${snippet}`;
  return new Refusal(refusalLine(refused!) + paste, refused);
}

function summary(plan: Plan): object {
  return {
    creates: plan.creates.map(({ file }) => file),
    edits: plan.edits.map(({ file }) => file),
    diff: unifiedDiff(plan),
  };
}

/** The parameter that answers a question. */
function answerSchema({ kind, help, value }: Question<never>) {
  const said = value === undefined ? help : `${help} (${value})`;
  if (kind === 'confirm') return z.boolean().optional().describe(said);
  if (kind === 'choices') return z.array(z.string()).optional().describe(said);
  return z.string().optional().describe(said);
}

function offerApply(server: McpServer, { folders, plans }: ToolBox): void {
  server.registerTool(
    'apply_plan',
    {
      title: 'Apply a plan',
      description:
        'Writes a plan that was shown, by its planHash: all of it or nothing. Refused where any ' +
        'source changed since. `chain-upgrade undo` takes it back.',
      annotations: writes,
      inputSchema: z.object({ planHash: z.string().describe('As the planning tool gave it.') }),
      outputSchema: anyObject,
    },
    ({ planHash }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        const { root, plan, tree, command } = plans.get(planHash);
        const { repo } = await openSession(await folders.rootOf(root), tell);
        if (treeHash(repo) !== tree)
          throw new Refusal('the sources changed since the plan was made: plan again');
        await writeRemembered(root, plan, command, tell);
        plans.delete(planHash);
        return { root, ...summary(plan), notes };
      }),
  );
}

function offerFix(server: McpServer, { folders }: ToolBox): void {
  server.registerTool(
    'fix',
    {
      title: 'Repair findings',
      description:
        'Repairs what one rule finds, or one finding by its place; gives the diff, and what lint ' +
        'reports then. A fix that would bring another finding is taken back.',
      annotations: writes,
      inputSchema: z.object({
        ...whichChain,
        base: z.string().optional().describe('The git ref that the network runs.'),
        rule: z.string().describe('The rule whose findings are repaired.'),
        file: z.string().optional().describe('Only the finding in this file.'),
        line: z.number().int().optional().describe('Only the finding on this line.'),
        title: z
          .string()
          .optional()
          .describe('The fix, as lint lists it (default: the preferred one).'),
      }),
      outputSchema: anyObject,
    },
    ({ dir, app, base, rule, file, line, title }) =>
      answering(async () => {
        const { notes, tell } = noteTaker();
        const folder = await folders.rootOf(dir);
        const place = { file, line, title };
        const result = await lintFolder({
          ...{ dir: folder, app, base, tell },
          fix: true,
          fixOnly: [rule],
          fixAt: place,
        });
        if (result.fixed === 0)
          throw new Refusal(`nothing was repaired: ${result.notes.at(-1) ?? 'no such fix'}`);
        const left = result.problems.map(problem => ({
          rule: problem.rule,
          file: problem.location.file,
          line: problem.location.line,
          message: problem.message,
        }));
        const diff = unifiedDiff({ creates: [], edits: result.edits, notes: [] });
        return { root: result.root, fixed: result.fixed, diff, left, notes };
      }),
  );
}
