import { Uri } from 'vscode';
import type { Analysis } from '../../core/chain/analysis.ts';
import { LintedRepo } from '../../core/workspace/linted-repo.ts';
import { lintSettings } from '../settings.ts';

/** A repository that is linted in a folder of the workspace. */
export class Linted extends LintedRepo {
  readonly root: Uri;
  /** Why it is not compared with a release, where that was tried. */
  notCompared: string | undefined;

  constructor(root: Uri, analysis: Analysis) {
    super(analysis, () => lintSettings(root));
    this.root = root;
  }

  /** The file of a problem. */
  uriOf(file: string): Uri {
    return Uri.joinPath(this.root, file);
  }
}
