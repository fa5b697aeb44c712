import type { LogOutputChannel, Uri } from 'vscode';
import { commands, workspace } from 'vscode';
import { hasProcesses } from '../has-processes.ts';
import { errorText } from '../report.ts';
import { readExample } from './bundled-example.ts';

/** Why the example cannot be rehearsed here; undefined where it can, or where that is not known. */
type GoState = 'missing' | 'old' | undefined;

/**
 * Tells the editor whether Go is there, which the last step of the walkthrough depends on. Go is
 * asked in trusted windows only; it fetches nothing.
 */
export async function lookForGo(extension: Uri, log: LogOutputChannel): Promise<void> {
  if (!workspace.isTrusted || !hasProcesses()) return;
  const state = await goState(extension).catch((error: unknown) => {
    log.warn(`whether Go is here is not known: ${errorText(error)}`);
    return undefined;
  });
  await commands.executeCommand('setContext', 'chainUpgrade.go', state);
}

async function goState(extension: Uri): Promise<GoState> {
  const [{ findGo }, { tooOldFor }, { release }] = await Promise.all([
    import('../../host/go.ts'),
    import('../../rehearse/go-needs.ts'),
    readExample(extension),
  ]);
  const go = await findGo();
  if (!go) return 'missing';
  return tooOldFor([release['go.mod'] ?? ''], go) === undefined ? undefined : 'old';
}
