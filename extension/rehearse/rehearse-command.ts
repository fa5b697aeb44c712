import { commands, env, l10n, Uri, workspace } from 'vscode';
import type { App } from '../../core/chain/chain.ts';
import type { Session } from '../../host/commands/session.ts';
import type { Go } from '../../host/go.ts';
import type { Rehearsed } from '../../rehearse/rehearsal-input.ts';
import type { Chosen } from '../choose.ts';
import { chooseApp, chooseOne, chooseRepository } from '../choose.ts';
import type { CommandTarget } from '../command-target.ts';
import { hasProcesses } from '../has-processes.ts';
import type { Progress } from '../progress.ts';
import { withProgress } from '../progress.ts';
import { say } from '../report.ts';
import type { Reading } from '../repositories.ts';
import type { Tools } from '../services.ts';
import { agree } from './confirm-run.ts';
import { inEditor } from './in-editor.ts';
import { saveUnsaved } from './unsaved.ts';

/**
 * "Chain Upgrade: Rehearse": shows what would be built and run, and runs it in a terminal. Escape
 * or Cancel ends it at every step with nothing done.
 */
export async function rehearseUpgrade(tools: Tools, target?: CommandTarget): Promise<void> {
  if (!workspace.isTrusted) {
    return say(
      'warning',
      l10n.t(
        'Chain Upgrade: a rehearsal builds and runs what is in this workspace, and the ' +
          'workspace is not trusted.',
      ),
      { [l10n.t('Manage Trust')]: () => commands.executeCommand('workbench.trust.manage') },
    );
  }
  if (!hasProcesses())
    return say(
      'warning',
      l10n.t(
        'Chain Upgrade: a rehearsal builds and runs programs, and a browser cannot: open ' +
          'the repository on a desktop.',
      ),
    );
  const chosen = await choose(tools, target);
  if (!chosen) return;
  const subject = await readSubject(tools, chosen, target?.plan);
  if (!subject) return;
  const go = await goOrSay();
  if (!go) return;
  const [{ previewLines }, { goLines }] = await Promise.all([
    import('../../rehearse/report-text.ts'),
    import('../../rehearse/go-needs.ts'),
  ]);
  const agreed = await agree({
    title: l10n.t('Rehearse {0}', subject.plan),
    question: l10n.t('Build and run this?'),
    does: l10n.t('Build and run'),
    cancel: l10n.t('run nothing'),
    heading: l10n.t('What is run'),
    lines: previewLines(subject, goLines(go, subject)),
  });
  if (!agreed) return;
  tools.rehearsals.start(chosen.reading.root, subject);
}

/** The Go of this machine; says so where there is none. */
async function goOrSay(): Promise<Go | undefined> {
  const [{ findGo }, { goSite }] = await Promise.all([
    import('../../host/go.ts'),
    import('../../rehearse/go-needs.ts'),
  ]);
  const go = await findGo();
  if (!go)
    say(
      'warning',
      l10n.t(
        'Chain Upgrade: a rehearsal builds the chain with Go, and there is no Go on the ' +
          'PATH: install it, and start VS Code again.',
      ),
      { [l10n.t('Get Go')]: () => env.openExternal(Uri.parse(goSite)) },
    );
  return go;
}

interface ChosenApp {
  readonly reading: Reading;
  readonly app: App;
}

/** The chain, saved and read, and its app. */
async function choose(
  { repositories }: Tools,
  target: CommandTarget | undefined,
): Promise<ChosenApp | undefined> {
  const title = l10n.t('Rehearse');
  for (;;) {
    const repository = await chooseRepository(repositories, title, target);
    if (!repository) return undefined;
    const { root, folder } = repository.value;
    if (root.scheme !== 'file')
      throw new Error(
        l10n.t(
          '{0} is not on a disk, and a rehearsal builds what is there: open a clone of the ' +
            'repository',
          folder.name,
        ),
      );
    if (!(await saveUnsaved(root, title))) return undefined;
    const reading = await withProgress(l10n.t('Reading {0} …', folder.name), progress =>
      repositories.read(repository.value, progress),
    );
    const app = await chooseApp(reading, title, repository.asked, target);
    if (app === 'done') return undefined;
    if (app !== 'back') return { reading, app: app.value };
  }
}

/** Settles what is upgraded from what; asks for the plan where several are new. */
async function readSubject(
  tools: Tools,
  { reading, app }: ChosenApp,
  named: string | undefined,
): Promise<Rehearsed | undefined> {
  const rehearsalInput = await import('../../rehearse/rehearsal-input.ts');
  const read = (plan?: string) =>
    withProgress(l10n.t('Reading the last release …'), progress =>
      rehearsalInput.readSubject(
        sessionOf(tools, reading, progress),
        { app: app.dir, plan },
        line => tools.log.info(line),
      ),
    );
  try {
    return await read(named);
  } catch (error) {
    if (!(error instanceof rehearsalInput.WhichPlan) || error.plans.length === 0)
      throw error instanceof Error ? new Error(inEditor(error.message), { cause: error }) : error;
    const plan: Chosen<string> | 'back' | 'done' = await chooseOne(
      error.plans,
      { title: l10n.t('Rehearse: Plan'), prompt: l10n.t('Which plan?'), back: false },
      name => ({ value: name, label: name }),
    );
    return typeof plan === 'object' ? read(plan.value) : undefined;
  }
}

function sessionOf({ repositories }: Tools, reading: Reading, progress: Progress): Session {
  return {
    ...reading,
    root: reading.root.fsPath,
    readBase: app => repositories.baseline(reading, app, progress),
  };
}
