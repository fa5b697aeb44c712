import { join } from 'node:path';
import { LintedRepo } from '../../core/workspace/linted-repo.ts';
import type { Session } from '../../host/commands/session.ts';
import type { Watched } from '../../host/disk/watch.ts';
import { pathBelow } from './paths.ts';
import type { EditorSettings } from './settings.ts';

/** A repository with a chain that is open in the editor. */
export class OpenChain {
  readonly root: string;
  readonly linted: LintedRepo;
  /** What the editor was told of each file, as comparable text. */
  readonly shown = new Map<string, string>();
  watched: Watched | undefined;
  private readonly read: Session;

  constructor(read: Session, settings: () => EditorSettings) {
    this.root = read.root;
    this.read = read;
    this.linted = new LintedRepo(read, () => settings().config);
  }

  /** The repository as it is typed, for making plans. */
  get session(): Session {
    return { ...this.read, ...this.linted.analysis };
  }

  /** The path of a file in it; undefined where the file lies elsewhere. */
  pathOf(path: string): string | undefined {
    return pathBelow(this.root, path);
  }

  /** The absolute path of one of its files. */
  fileAt(path: string): string {
    return join(this.root, path);
  }
}
