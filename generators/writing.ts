import { resolve } from 'node:path';
import type { BaseOptions } from 'yeoman-generator';
import Generator from 'yeoman-generator';
import type { Plan } from '../core/plan/plan.ts';
import { writtenFiles } from '../core/plan/plan.ts';
import type { Answer, Question } from '../core/plan/question.ts';
import type { OfferedTask } from '../core/plan/task.ts';
import type { UpgradeContext } from '../core/plan/upgrade/upgrade-questions.ts';
import { Refusal } from '../core/refusal.ts';
import type { OptionValues } from '../host/commands/answers.ts';
import { sharedOptions } from '../host/commands/options.ts';
import type { Prepared } from '../host/commands/prepare.ts';
import { prepare } from '../host/commands/prepare.ts';
import { refusalLine, unifiedDiff, writtenLines } from '../host/commands/show.ts';
import { failureOf } from '../host/errors.ts';
import { packageInfo } from '../host/package-info.ts';
import { writeRemembered } from '../host/undo/written.ts';
import type { PickOne, Prompt } from './prompts.ts';
import { promptFor, readAnswer, verdictOf } from './prompts.ts';

/** The options every writing generator takes, besides those of its questions. */
export type WritingOptions = BaseOptions & {
  dir?: unknown;
  app?: unknown;
  base?: unknown;
  yes?: boolean;
  force?: boolean;
  'dry-run'?: boolean;
};

/**
 * A generator that writes by a plan. Nothing goes through Yeoman's in-memory files: without a
 * terminal their conflict handling stops half-way, while a plan is written whole or not at all,
 * with the same bytes as through the other front ends.
 */
export class WritingGenerator extends Generator<Record<string, never>, WritingOptions> {
  private readonly task: OfferedTask;
  private prepared: Prepared | undefined;

  constructor(args: string[], options: BaseOptions, task: OfferedTask) {
    const flags = [
      'yes',
      'dry-run',
      'force',
      ...task.questions.filter(q => q.kind === 'confirm').map(q => q.id),
    ];
    // The chain is no npm package: there is nothing to install.
    super(...withLostArguments(args, options, flags), { customInstallTask: true });
    this.task = task;
    const { argument } = task;
    const description = task.questions.find(({ id }) => id === argument)?.help ?? '';
    if (argument !== undefined)
      this.argument(argument, { type: String, required: false, description });
    for (const { id, kind, value, help } of task.questions) {
      if (id !== argument) this.takes(id, kind === 'confirm' ? undefined : (value ?? 'TEXT'), help);
    }
    for (const { name, help, ...option } of Object.values(sharedOptions))
      this.takes(name, 'value' in option ? option.value : undefined, help);
    this.takes('force', undefined, 'change files without asking');
  }

  /**
   * Values come as they are given: a repeated option is a list, and what commas mean depends on the
   * question.
   */
  private takes(name: string, value: string | undefined, help: string): void {
    const type = value === undefined ? Boolean : (given: unknown) => given;
    this.option(name, {
      type,
      description: value === undefined ? help : `${value}: ${help}`,
    } as Parameters<typeof this.option>[1]);
  }

  /** Asks what the options leave open and makes the plan. */
  protected async askAndPlan(): Promise<void> {
    await plainly(async () => {
      this.refuseMoreArguments();
      const { yes, force, 'dry-run': dryRun } = this.options;
      const canAsk = this.canAsk();
      if (!canAsk && !yes && !force && !dryRun)
        throw new Refusal(
          'cannot prompt, standard input is not a terminal; ' +
            'use --yes to write or --dry-run to preview',
        );
      this.prepared = await prepare(this.task, {
        dir: resolve(this.destinationRoot(), this.textOf('dir') ?? '.'),
        app: this.textOf('app'),
        base: this.textOf('base'),
        given: this.given(),
        ask: canAsk && !yes ? (question, context) => this.ask(question, context) : undefined,
        tell: line => this.say(line),
      });
      const { plan } = this.prepared;
      if (plan.refused) {
        if (plan.refused.snippet) this.say(plan.refused.snippet);
        throw new Refusal(refusalLine(plan.refused));
      }
      for (const note of plan.notes) this.say(`note: ${note}`);
    });
  }

  private refuseMoreArguments(): void {
    const { argument } = this.task;
    const extra = this.args[argument === undefined ? 0 : 1];
    if (extra === undefined) return;
    const taken = argument === undefined ? 'no argument' : `one ${argument}`;
    throw new Refusal(`${taken} is taken, ${JSON.stringify(extra)} is one too many`);
  }

  /** Writes the plan, after its diff was shown and one question about it. */
  protected async write(): Promise<void> {
    await plainly(async () => {
      const { root, plan } = this.prepared!;
      if (this.options['dry-run']) {
        process.stdout.write(unifiedDiff(plan));
        return;
      }
      if (!(await this.confirmed(plan))) {
        this.say('nothing was written');
        return;
      }
      await writeRemembered(root, plan, this.options['namespace'] as string, line =>
        this.say(line),
      );
      for (const line of writtenLines(plan)) this.say(line);
    });
  }

  private async confirmed(plan: Plan): Promise<boolean> {
    const { yes, force } = this.options;
    const count = writtenFiles(plan).length;
    if (yes || force || count === 0) return true;
    this.say(unifiedDiff(plan));
    const answer = await this.draw({
      type: 'confirm',
      name: 'write',
      message: count === 1 ? 'Write this file?' : `Write these ${count} files?`,
      default: true,
    });
    return answer === true;
  }

  /** An option that takes one value; yo gives `true` where it is missing. */
  private textOf(name: 'dir' | 'app' | 'base'): string | undefined {
    const value = this.options[name];
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new Refusal(`--${name} needs one value`);
    return value;
  }

  private given(): OptionValues {
    const options = { ...this.options } as unknown as OptionValues;
    return Object.fromEntries(this.task.questions.map(({ id }) => [id, options[id]]));
  }

  private async ask(question: Question<UpgradeContext>, context: UpgradeContext): Promise<Answer> {
    const answer = readAnswer(
      question,
      await this.draw(promptFor(question, context, this.pickOne())),
    );
    const verdict = verdictOf(question, context, answer);
    if (verdict?.severity === 'warning') this.say(`warning: ${verdict.message}`);
    return answer;
  }

  private async draw(prompt: Prompt): Promise<unknown> {
    const answers: Record<string, unknown> = await this.env.adapter.prompt([prompt] as never);
    return answers[prompt.name];
  }

  /** The adapter that draws: Yeoman queues calls before it. */
  private adapter(): { stdin?: { isTTY?: boolean }; promptModule?: { prompts?: object } } {
    const { adapter } = this.env as { adapter: { actualAdapter?: object } };
    return adapter.actualAdapter ?? adapter;
  }

  /** A terminal adapter has an input; one that draws elsewhere answers by its own means. */
  private canAsk(): boolean {
    const { stdin } = this.adapter();
    return stdin === undefined || stdin.isTTY === true;
  }

  private pickOne(): PickOne {
    const { prompts } = this.adapter().promptModule ?? {};
    return prompts && !('select' in prompts) ? 'list' : 'select';
  }

  private say(line: string): void {
    this.log(line);
  }
}

/** yo ends with `process.exit(error.code)`: whatever is thrown becomes a plain error. */
async function plainly(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw new Error(failureOf(error, packageInfo().issues).message);
  }
}

/** yo takes `--yes v2` for an option with the value `v2`: a flag's value is an argument. */
function withLostArguments(
  args: string[],
  options: BaseOptions,
  flags: readonly string[],
): [string[], BaseOptions] {
  const lost = new Set<string>();
  const repaired: Record<string, unknown> = { ...options };
  for (const name of flags.flatMap(bothSpellings)) {
    const value = repaired[name];
    if (typeof value !== 'string') continue;
    if (value !== 'true' && value !== 'false') lost.add(value);
    repaired[name] = value !== 'false';
  }
  return [[...args, ...lost], repaired as BaseOptions];
}

/** A flag as it is typed and as yo hands it on: `dry-run`, `dryRun`. */
function bothSpellings(flag: string): string[] {
  const camelCase = flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [flag, camelCase];
}
