import { window } from 'vscode';
import { shownFindings } from '../../core/workspace/shown-findings.ts';
import type { Tools } from '../services.ts';
import { editorRange } from './diagnostics.ts';
import { sayFailures, sayLinted } from './lint-command.ts';

/** The worst first. */
const order = ['error', 'warning', 'info'] as const;

/**
 * "Chain Upgrade: Show First Finding": reads everything anew and opens the worst that is found.
 * Where nothing is found it says what was linted; what could not be read is said in either case.
 */
export async function showFirstFinding(tools: Tools): Promise<void> {
  const result = await tools.linter.lintNow();
  const all = (tools.linter.all ?? []).flatMap(linted =>
    [...shownFindings(linted)].flatMap(([file, findings]) =>
      findings.map(({ severity, range }) => ({ uri: linted.uriOf(file), severity, range })),
    ),
  );
  const [worst] = order.flatMap(severity => all.filter(found => found.severity === severity));
  if (!worst) return sayLinted(result);
  sayFailures(result);
  const { start } = worst.range;
  await window.showTextDocument(worst.uri, { selection: editorRange({ start, end: start }) });
}
