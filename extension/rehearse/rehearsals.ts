import type {
  Disposable,
  LogOutputChannel,
  Terminal,
  TerminalLink,
  TerminalLinkProvider,
} from 'vscode';
import { commands, l10n, Range, Uri, window } from 'vscode';
import { placeText } from '../../core/go/source/location.ts';
import type { Failure } from '../../core/rehearse/result.ts';
import type { Rehearsed } from '../../rehearse/rehearsal-input.ts';
import { say } from '../report.ts';
import { FailureMarks } from './failure-marks.ts';
import { inEditor } from './in-editor.ts';
import { RehearsalTerminal } from './rehearsal-terminal.ts';
import { showReport } from './report-tab.ts';

interface PlaceLink extends TerminalLink {
  readonly at: Place;
}
interface Place {
  readonly root: Uri;
  readonly file: string;
  readonly line: number;
}

/** The rehearsals of this window, each in a terminal of its own. */
export class Rehearsals implements Disposable {
  private readonly log: LogOutputChannel;
  private readonly running = new Set<RehearsalTerminal>();
  private readonly failures = new Map<Terminal, Place>();
  private readonly marks = new FailureMarks();
  private readonly links: Disposable[];

  constructor(log: LogOutputChannel) {
    this.log = log;
    const places: TerminalLinkProvider<PlaceLink> = {
      provideTerminalLinks: ({ line, terminal }) => this.linksIn(line, this.failures.get(terminal)),
      handleTerminalLink: ({ at }) => open(at),
    };
    this.links = [
      window.registerTerminalLinkProvider(places),
      window.onDidCloseTerminal(terminal => this.failures.delete(terminal)),
    ];
  }

  /** Rehearses in a new terminal, and says how it went. */
  start(root: Uri, subject: Rehearsed): void {
    const pty = new RehearsalTerminal(subject);
    const terminal = window.createTerminal({ name: l10n.t('Rehearse {0}', subject.plan), pty });
    this.running.add(pty);
    this.marks.clear({ root, plan: subject.plan });
    void pty.end.then(outcome => {
      this.running.delete(pty);
      const show = {
        ...('found' in outcome && { [l10n.t('Show Report')]: () => showReport(outcome.found) }),
        [l10n.t('Show Terminal')]: () => terminal.show(),
      };
      if (outcome.how === 'passed') {
        // A step of the walkthrough is done by it.
        void commands.executeCommand('setContext', 'chainUpgrade.rehearsed', true);
        say(
          'info',
          l10n.t('Chain Upgrade: the plan {0} passed its rehearsal.', subject.plan),
          show,
        );
      }
      if (outcome.how === 'impossible') {
        this.log.error(outcome.error instanceof Error ? outcome.error : String(outcome.error));
        say('error', l10n.t('Chain Upgrade: {0}', inEditor(outcome.words)), show);
      }
      if (outcome.how === 'failed')
        this.sayFailed(root, subject.plan, outcome.failure, terminal, show);
    });
    terminal.show();
  }

  /** Ends everything that runs; resolves when nothing is left of it. */
  async end(): Promise<void> {
    const running = [...this.running];
    for (const pty of running) pty.close();
    await Promise.all(running.map(pty => pty.end));
  }

  dispose(): void {
    for (const link of this.links) link.dispose();
    this.marks.dispose();
    void this.end();
  }

  private sayFailed(
    root: Uri,
    plan: string,
    failure: Failure,
    terminal: Terminal,
    show: Record<string, () => unknown>,
  ): void {
    const { step, words, file, line, fix } = failure;
    const at = file === null ? undefined : { root, file, line: line ?? 1 };
    if (at) {
      this.failures.set(terminal, at);
      const uri = Uri.joinPath(root, at.file);
      this.marks.mark({ root, plan, uri, line: at.line, failure });
    }
    say(
      'error',
      fix === null
        ? l10n.t('Chain Upgrade: the plan {0} failed its rehearsal at {1}: {2}', plan, step, words)
        : l10n.t(
            'Chain Upgrade: the plan {0} failed its rehearsal at {1}: {2}. To fix it: {3}',
            plan,
            step,
            words,
            fix,
          ),
      { ...(at && { [l10n.t('Open {0}', placeText(at))]: () => open(at) }), ...show },
    );
  }

  private linksIn(line: string, at: Place | undefined): PlaceLink[] {
    const text = at && placeText(at);
    const startIndex = text === undefined ? -1 : line.indexOf(text);
    return at && startIndex >= 0
      ? [{ startIndex, length: text!.length, tooltip: l10n.t('Open the line'), at }]
      : [];
  }
}

async function open({ root, file, line }: Place): Promise<void> {
  await window.showTextDocument(Uri.joinPath(root, file), {
    selection: new Range(line - 1, 0, line - 1, 0),
  });
}
