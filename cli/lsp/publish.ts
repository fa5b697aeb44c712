import type { Diagnostic } from 'vscode-languageserver/node.js';
import { DiagnosticSeverity } from 'vscode-languageserver/node.js';
import type { Diagnostic as LintDiagnostic } from '../../core/lint/diagnostic.ts';
import type { ShownFinding } from '../../core/workspace/shown-findings.ts';
import { shownFinding, shownFindings } from '../../core/workspace/shown-findings.ts';
import { rulePage } from '../../host/rule-pages.ts';
import type { ClientFeatures } from './client.ts';
import { writesPlans } from './client.ts';
import type { OpenDocuments } from './documents.ts';
import type { OpenChain } from './open-chain.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** What an editor shows beside our diagnostics. */
const source = 'chain-upgrade';

/** How findings are put for an editor. */
export interface Presentation {
  readonly features: ClientFeatures;
  readonly documents: OpenDocuments;
}

/** The findings of a file for the editor, with its document's version where it is open. */
export interface PublishedFile {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

/** What the editor has to be told of a chain: the files whose findings are others than before. */
export function changedFiles(
  chain: OpenChain,
  isShown: boolean,
  presentation: Presentation,
): PublishedFile[] {
  const found = isShown ? diagnosticsByFile(chain, presentation) : new Map<string, Diagnostic[]>();
  const changed: PublishedFile[] = [];
  for (const file of new Set([...chain.shown.keys(), ...found.keys()])) {
    const diagnostics = found.get(file) ?? [];
    const text = JSON.stringify(diagnostics);
    if (chain.shown.get(file) === text) continue;
    if (diagnostics.length === 0) chain.shown.delete(file);
    else chain.shown.set(file, text);
    const path = chain.fileAt(file);
    const version = presentation.documents.at(path)?.version;
    const uri = presentation.documents.uriOf(path);
    changed.push({ uri, ...(version !== undefined && { version }), diagnostics });
  }
  return changed;
}

function diagnosticsByFile(
  chain: OpenChain,
  presentation: Presentation,
): Map<string, Diagnostic[]> {
  return new Map(
    [...shownFindings(chain.linted)].map(([file, findings]) => [
      file,
      findings.map(finding => diagnosticOf(chain, finding, presentation)),
    ]),
  );
}

/** One problem as the editor was told of it. */
export function diagnosticFor(
  chain: OpenChain,
  problem: LintDiagnostic,
  presentation: Presentation,
): Diagnostic {
  return diagnosticOf(chain, shownFinding(chain.linted, problem), presentation);
}

function diagnosticOf(
  chain: OpenChain,
  { range, severity, message, rule, hasPage, related, wantsUpgrade }: ShownFinding,
  { features, documents }: Presentation,
): Diagnostic {
  // An editor that cannot make files is not offered the upgrade that would repair it.
  const hint = wantsUpgrade && !writesPlans(features) ? '\nto write one: chain-upgrade new' : '';
  const relatedInformation = related.map(place => ({
    location: { uri: documents.uriOf(chain.fileAt(place.file)), range: place.range },
    message: place.message,
  }));
  const page = rule !== undefined && hasPage ? { href: rulePage(rule).href } : undefined;
  return {
    range,
    severity: severities[severity],
    source,
    message: message + hint,
    ...(rule !== undefined && { code: rule }),
    ...(page && features.codeDescription && { codeDescription: page }),
    ...(features.relatedInformation && related.length > 0 && { relatedInformation }),
  };
}
