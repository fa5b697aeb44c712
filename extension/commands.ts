import type { LogOutputChannel } from 'vscode';
import type { Repositories } from './repositories.ts';
import { newUpgrade } from './upgrade/new-upgrade.ts';
import { showUnderstood } from './understood/show-understood.ts';
import type { VirtualDocuments } from './virtual-documents.ts';

/** What commands work with. */
export interface Tools {
  readonly log: LogOutputChannel;
  readonly documents: VirtualDocuments;
  readonly repositories: Repositories;
  /** Runs something a button starts: what goes wrong is reported. */
  readonly run: (action: () => Promise<void>) => Promise<void>;
}

/** Every command of the manifest and what it runs. */
export const commandTable: Readonly<Record<string, (tools: Tools) => Promise<void>>> = {
  'chainUpgrade.newUpgrade': newUpgrade,
  'chainUpgrade.showUnderstood': showUnderstood,
};
