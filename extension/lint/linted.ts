import { Uri } from 'vscode';
import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { Chain } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Config } from '../../core/lint/config.ts';
import { configIn, mergeConfig } from '../../core/lint/config.ts';
import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import type { LintOptions } from '../../core/lint/lint.ts';
import { lint } from '../../core/lint/lint.ts';
import type { NotJudged } from '../../core/lint/not-judged.ts';
import { notJudged } from '../../core/lint/not-judged.ts';
import { isLockFile } from '../../core/lock/lock.ts';
import { leftOut, lockBases, withRelease } from '../../core/lock/lock-base.ts';
import { lintSettings } from '../settings.ts';

/**
 * A repository as it is linted: its texts as they are typed, and the release it is compared with.
 */
export class Linted {
  readonly root: Uri;
  problems: readonly Diagnostic[] = [];
  /** The places that were not understood, and the rules that were silent about them. */
  notJudged: readonly NotJudged[] = [];
  /** Why the configuration does not hold. */
  configError: string | undefined;
  /** What was read of its texts. */
  analysis: Analysis;
  private release: Baseline | undefined;

  constructor(root: Uri, analysis: Analysis) {
    this.root = root;
    this.analysis = analysis;
  }

  /** Its texts as they are typed. */
  get repo(): Repo {
    return this.analysis.repo;
  }

  private get chain(): Chain {
    return this.analysis.chain;
  }

  /**
   * Takes a file's text as it is now; undefined where it is gone. Says whether anything changed.
   */
  update(path: string, text: string | undefined): boolean {
    if (this.repo.texts.get(path) === text) return false;
    this.analysis = analyse(this.repo.with([[path, text]]));
    return true;
  }

  /** Whether a file is of a kind that is read at all, and of the folders that are. */
  concerns(path: string): boolean {
    return (
      this.repo.texts.has(path) ||
      isLockFile(path) ||
      (/\.go$|(^|\/)(go\.mod|go\.work|app(_config)?\.ya?ml|\.chain-upgrade\.json)$/.test(path) &&
        !/(^|\/)([._][^/]*|node_modules|vendor|third_party|testdata)\//.test(path) &&
        !/\.(pb|pb\.gw|pulsar)\.go$/.test(path))
    );
  }

  /**
   * Compares with a release, besides the locks; named by the configuration or the settings it takes
   * their place.
   */
  compareWith(release: Baseline | undefined): void {
    this.release = release;
  }

  /** Whether there is an app that no lock speaks of. */
  get wantsRelease(): boolean {
    return leftOut(this.options().bases ?? [], this.chain).length > 0;
  }

  /** Applies the rules. */
  lint(): readonly Diagnostic[] {
    const options = this.options();
    const isChain = this.chain.apps.length > 0;
    this.problems = isChain ? lint(this.analysis, options) : [];
    this.notJudged = isChain ? notJudged(this.analysis, options) : [];
    return this.problems;
  }

  /** The apps' first, for finding a baseline. */
  get apps(): Chain['apps'] {
    return this.chain.apps;
  }

  /** What the rules are applied with. */
  options(): LintOptions {
    const config = this.config();
    const { bases, errors } =
      config.base === undefined ? lockBases(this.repo) : { bases: [], errors: [] };
    this.configError ??= errors[0];
    return { bases: withRelease(bases, this.release, this.chain), config };
  }

  private config(): Config {
    const read = configIn(this.repo);
    this.configError = 'error' in read ? (read.error as string) : undefined;
    return mergeConfig('error' in read ? {} : read, lintSettings(this.root));
  }

  /** The file of a problem. */
  uriOf(file: string): Uri {
    return Uri.joinPath(this.root, file);
  }
}
