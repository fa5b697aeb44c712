import type { LogOutputChannel } from 'vscode';
import type { InspectPages } from './inspect/inspect-pages.ts';
import type { Linter } from './lint/lint.ts';
import type { Rehearsals } from './rehearse/rehearsals.ts';
import type { Repositories } from './repositories.ts';
import type { VirtualDocuments } from './virtual-documents.ts';
import type { Walkthrough } from './walkthrough/walkthrough.ts';

/** What commands work with. */
export interface Tools {
  readonly log: LogOutputChannel;
  readonly documents: VirtualDocuments;
  readonly repositories: Repositories;
  readonly linter: Linter;
  readonly pages: InspectPages;
  readonly rehearsals: Rehearsals;
  readonly walkthrough: Walkthrough;
  /** The extension's. */
  readonly version: string;
  /** Runs something a button starts: what goes wrong is reported. */
  readonly run: ReportingRun;
}

/** Runs something, and reports what goes wrong. */
export type ReportingRun = (action: () => Promise<void>) => Promise<void>;
