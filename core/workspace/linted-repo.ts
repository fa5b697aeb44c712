import type { Analysis } from '../chain/analysis.ts';
import { analyse } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import { speaksOf } from '../chain/baseline.ts';
import type { App, Chain, Module } from '../chain/chain.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Config } from '../lint/config.ts';
import { configIn, mergeConfig } from '../lint/config.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { LintOptions } from '../lint/lint.ts';
import { lint } from '../lint/lint.ts';
import type { NotJudged } from '../lint/not-judged.ts';
import { notJudged } from '../lint/not-judged.ts';
import { isLockFile } from '../lock/lock.ts';
import type { LockBases } from '../lock/lock-base.ts';
import { leftOut, lockBases, withRelease } from '../lock/lock-base.ts';

/**
 * A repository as an editor lints it: its texts as they are typed, and the release it is compared
 * with.
 */
export class LintedRepo {
  problems: readonly Diagnostic[] = [];
  /** The places that were not understood, and the rules that were silent about them. */
  notJudged: readonly NotJudged[] = [];
  /** Why the configuration does not hold. */
  configError: string | undefined;
  /** What was read of its texts. */
  analysis: Analysis;
  private release: Baseline | undefined;
  private readonly settings: () => Config;

  /** `settings` are those of the editor, which win over the repository's own. */
  constructor(analysis: Analysis, settings: () => Config) {
    this.analysis = analysis;
    this.settings = settings;
  }

  /** Its texts as they are typed. */
  get repo(): Repo {
    return this.analysis.repo;
  }

  private get chain(): Chain {
    return this.analysis.chain;
  }

  /**
   * Takes a file's text as it is now; undefined where it is gone. Says whether anything changed. An
   * editor's document lacks the file's byte order mark; what was read keeps it.
   */
  update(path: string, text: string | undefined): boolean {
    const known = this.repo.texts.get(path);
    const now =
      text !== undefined && known?.startsWith(bom) && !text.startsWith(bom) ? bom + text : text;
    if (known === now) return false;
    this.analysis = analyse(this.repo.with([[path, now]]));
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

  /** Whether there is an app that no lock speaks of; the release itself does not count. */
  get wantsRelease(): boolean {
    return leftOut(this.lockedBases(this.config()).bases, this.chain).length > 0;
  }

  /** Its locks as they are: what an editor shows asks for them again and again. */
  get locks(): LockBases {
    return memoize(this.repo, 'locks as bases', () => lockBases(this.repo));
  }

  /** All that its apps are compared with. */
  get bases(): readonly Baseline[] {
    return this.options().bases ?? [];
  }

  /** What an app is compared with: the lock of one network says nothing of another's app. */
  basesOf(app: App): readonly Baseline[] {
    return this.bases.filter(base => speaksOf(base, app, this.chain));
  }

  /** What a module is compared with: what the apps that use it are; of a module without one, all. */
  basesOfModule({ dir }: Module): readonly Baseline[] {
    const using = this.apps.filter(app => this.repo.layout.closure(app.dir).has(dir));
    const { bases } = this;
    return using.length === 0
      ? bases
      : bases.filter(base => using.some(app => speaksOf(base, app, this.chain)));
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

  /** The app that a file belongs to: the only one, or the deepest whose folder holds it. */
  appOf(path: string): App | undefined {
    const { apps } = this;
    if (apps.length === 1) return apps[0];
    const holding = apps.filter(({ dir }) => dir === '' || path.startsWith(`${dir}/`));
    return [...holding].sort((a, b) => b.dir.length - a.dir.length)[0];
  }

  /** What the rules are applied with. */
  options(): LintOptions {
    const config = this.config();
    const { bases, errors } = this.lockedBases(config);
    this.configError ??= errors[0];
    return { bases: withRelease(bases, this.release, this.chain), config };
  }

  /** The locks, whose place a release takes that was named. */
  private lockedBases({ base }: Config): LockBases {
    return base === undefined ? this.locks : { bases: [], errors: [] };
  }

  private config(): Config {
    const read = configIn(this.repo);
    this.configError = 'error' in read ? (read.error as string) : undefined;
    return mergeConfig('error' in read ? {} : read, this.settings());
  }
}

/** The byte order mark that a file may begin with. */
export const bom = '\ufeff';
