import { Uri } from 'vscode';
import type { Analysis } from '../../core/chain/analysis.ts';
import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import { LintedRepo } from '../../core/workspace/linted-repo.ts';
import type { Progress } from '../progress.ts';
import type { Repositories } from '../repositories.ts';
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

  /** Compares it with its last release, where it wants one; gives what was found of it. */
  async compare(
    repositories: Repositories,
    progress: Progress,
  ): Promise<ReleaseOrReason | undefined> {
    const [app] = this.apps;
    const base =
      this.wantsRelease && app ? await repositories.baseline(this, app, progress) : undefined;
    this.compareWith(base && 'chain' in base ? base : undefined);
    this.notCompared = base && 'reason' in base ? base.reason : undefined;
    return base;
  }

  /** The file of a problem. */
  uriOf(file: string): Uri {
    return Uri.joinPath(this.root, file);
  }
}
