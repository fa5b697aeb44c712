import type { Pseudoterminal } from 'vscode';
import { EventEmitter, l10n } from 'vscode';
import type { Failure, Rehearsal } from '../../core/rehearse/result.ts';
import type { Rehearsed } from '../../rehearse/rehearsal-input.ts';
import { inEditor } from './in-editor.ts';

/** How a rehearsal ended. */
export type Outcome =
  | { readonly how: 'stopped' }
  | { readonly how: 'passed'; readonly found: Rehearsal }
  | { readonly how: 'failed'; readonly found: Rehearsal; readonly failure: Failure }
  /** It could not be rehearsed. */
  | { readonly how: 'impossible'; readonly words: string; readonly error: unknown };

const lineStart = '\r\x1b[2K';

/**
 * Rehearses while it is open: one line for each step as it ends, the present one with its seconds.
 * Ctrl-C or closing it ends everything it started.
 */
export class RehearsalTerminal implements Pseudoterminal {
  private readonly written = new EventEmitter<string>();
  private readonly closed = new EventEmitter<void>();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;
  /** Resolves when the rehearsal has ended, and all it started with it. */
  readonly end: Promise<Outcome>;
  private readonly subject: Rehearsed;
  private readonly abort = new AbortController();
  private settle!: (outcome: Outcome) => void;
  private state: 'new' | 'running' | 'ended' = 'new';

  constructor(subject: Rehearsed) {
    this.subject = subject;
    this.end = new Promise(resolve => {
      this.settle = resolve;
    });
  }

  open(): void {
    if (this.state === 'new') void this.run();
  }

  close(): void {
    if (this.state === 'new') this.finish({ how: 'stopped' });
    this.abort.abort();
  }

  handleInput(keys: string): void {
    if (this.state === 'ended') {
      this.closed.fire();
      return;
    }
    if (!keys.includes('\x03') || this.abort.signal.aborted) return;
    this.say(l10n.t('Stopping: what was started is being ended …'));
    this.abort.abort();
  }

  private async run(): Promise<void> {
    this.state = 'running';
    const { rehearsalText, commandPreview } = await import('../../rehearse/report-text.ts');
    this.say(commandPreview(this.subject));
    const outcome = await this.rehearse(text => this.say(rehearsalText(text))).catch(
      (error: unknown): Outcome => {
        if (this.abort.signal.aborted) return { how: 'stopped' };
        const words = error instanceof Error ? error.message : String(error);
        return { how: 'impossible', words, error };
      },
    );
    if (outcome.how === 'stopped') this.say(l10n.t('Stopped: nothing of it runs any more.'));
    if (outcome.how === 'impossible')
      this.say(l10n.t('This could not be rehearsed: {0}', inEditor(outcome.words)));
    this.say(l10n.t('Press any key to close the terminal.'));
    this.finish(outcome);
  }

  private async rehearse(
    result: (
      found: Awaited<ReturnType<typeof import('../../rehearse/rehearse.ts')['rehearse']>>,
    ) => void,
  ): Promise<Outcome> {
    const [{ rehearse }, { usualOptions }, { takePlace }, { stepLine }] = await Promise.all([
      import('../../rehearse/rehearse.ts'),
      import('../../rehearse/options.ts'),
      import('../../rehearse/rehearsal-folder.ts'),
      import('../../rehearse/report-text.ts'),
    ]);
    const { signal } = this.abort;
    signal.throwIfAborted();
    const place = takePlace();
    const clock = new StepClock(text => this.written.fire(lineStart + text));
    try {
      const found = await rehearse(this.subject, place, {
        ...usualOptions,
        signal,
        tell: line => this.say(line),
        listener: {
          begins: step => clock.start(step),
          goesOn: (_, text) => clock.tell(text),
          ends: (step, at, remark) => {
            clock.stop();
            this.say(stepLine(step, at, remark));
          },
        },
      });
      result(found);
      return found.failure
        ? { how: 'failed', found, failure: found.failure }
        : { how: 'passed', found };
    } finally {
      clock.stop();
      place.leave(false);
    }
  }

  private finish(outcome: Outcome): void {
    this.state = 'ended';
    this.settle(outcome);
  }

  /** Writes lines, in place of the one that shows the present step. */
  private say(lines: string): void {
    this.written.fire(`${lineStart}${lines.trimEnd().replaceAll('\n', '\r\n')}\r\n`);
  }
}

/** Shows every second how long the present step has taken. */
class StepClock {
  private readonly show: (text: string) => void;
  private timer: ReturnType<typeof setInterval> | undefined;
  /** How far the step is, where that is known. */
  private told = '';

  constructor(show: (text: string) => void) {
    this.show = show;
  }

  start(step: string): void {
    const began = Date.now();
    this.told = '';
    const showTime = () => {
      const seconds = Math.round((Date.now() - began) / 1000);
      this.show(`         ${step} … ${seconds} s${this.told}`);
    };
    showTime();
    this.timer = setInterval(showTime, 1000);
  }

  tell(text: string): void {
    this.told = `, ${text}`;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
