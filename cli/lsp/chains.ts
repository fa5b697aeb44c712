import { dirname, join } from 'node:path';
import { isLockFile } from '../../core/lock/lock.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Readings, Session } from '../../host/commands/session.ts';
import { readSession, startReadings } from '../../host/commands/session.ts';
import { findRoot } from '../../host/disk/root.ts';
import { watchFolders } from '../../host/disk/watch.ts';
import { reasonOf } from '../../host/errors.ts';
import type { OpenDocuments } from './documents.ts';
import { filePath } from './documents.ts';
import { OpenChain } from './open-chain.ts';
import type { EditorSettings } from './settings.ts';

/** What the chains ask of the server that holds them. */
export interface ChainsOwner {
  readonly documents: OpenDocuments;
  settings(): EditorSettings;
  /** Takes a line for the log of the editor. */
  log(line: string): void;
  /** Shows progress while something is read; the signal is the user's cancel. */
  withProgress(work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** A chain was linted anew. */
  linted(chain: OpenChain): void;
  /** A chain is no longer open. */
  closed(chain: OpenChain): void;
}

/** How long nothing may be typed before the rules are applied, in milliseconds. */
const pause = 120;

/** How long a watched file may be busy before it is read, in milliseconds. */
const settling = 200;

/** A file, and the chain that it belongs to. */
export interface ChainFile {
  readonly chain: OpenChain;
  readonly path: string;
}

/** The chains of the editor's folders, as they are typed. Folders without a chain stay silent. */
export class Chains {
  private readonly owner: ChainsOwner;
  private readonly chains = new Map<string, OpenChain>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readings: Promise<Readings> | undefined;
  private running: Promise<void> = Promise.resolve();
  private folders: readonly string[] = [];
  /** Whether the server has to watch files itself. */
  watches = false;

  constructor(owner: ChainsOwner) {
    this.owner = owner;
  }

  /** All chains that are open. */
  get all(): readonly OpenChain[] {
    return [...this.chains.values()];
  }

  /** Opens the chains of these folders, and closes those of others. */
  open(folders: readonly string[]): Promise<void> {
    this.folders = folders;
    return this.again();
  }

  /** Reads everything anew. Runs one at a time. */
  again(): Promise<void> {
    this.running = this.running
      .then(() => this.owner.withProgress(signal => this.readAll(signal)))
      .catch((error: unknown) => this.owner.log(`cannot read the chain: ${reasonOf(error)}`));
    return this.running;
  }

  /** The chain that a file belongs to, by its absolute path; the innermost of several. */
  of(file: string): ChainFile | undefined {
    const found = this.all.flatMap(chain => {
      const path = chain.pathOf(file);
      return path === undefined ? [] : [{ chain, path }];
    });
    return found.sort((a, b) => b.chain.root.length - a.chain.root.length)[0];
  }

  /** A document was opened; without folders its own folder is looked at. */
  opened(file: string): void {
    if (this.of(file)) this.typed(file);
    else if (this.folders.length === 0 && file.endsWith('.go')) void this.open([dirname(file)]);
  }

  /** A document was edited: it is linted once nothing is typed for a moment. */
  typed(file: string): void {
    const at = this.of(file);
    if (!at?.chain.linted.concerns(at.path)) return;
    this.later(file, pause, () => this.takeDocument(file));
  }

  /** What is stored counts again, unless the file is open: its document wins. */
  stored(file: string): void {
    const at = this.of(file);
    if (!at?.chain.linted.concerns(at.path)) return;
    // A lock that comes or goes changes whether a release is read at all.
    if (isLockFile(at.path)) return void this.again();
    this.later(file, settling, () => void this.readStored(file));
  }

  /** Takes what was typed and waits still, so that places are those of the documents. */
  settle(): void {
    for (const { uri } of this.owner.documents.manager.all()) {
      const file = filePath(uri);
      if (file === undefined || !this.waiting.has(file)) continue;
      this.forget(file);
      this.takeDocument(file);
    }
  }

  /** Applies the rules anew, for changed settings. */
  lintAgain(): void {
    for (const chain of this.all) this.lint(chain);
  }

  /** Stops waiting and watching. */
  close(): void {
    for (const file of [...this.waiting.keys()]) this.forget(file);
    for (const { watched } of this.all) watched?.close();
  }

  private later(file: string, ms: number, act: () => void): void {
    this.forget(file);
    this.waiting.set(
      file,
      setTimeout(() => {
        this.waiting.delete(file);
        act();
      }, ms),
    );
  }

  private forget(file: string): void {
    clearTimeout(this.waiting.get(file));
    this.waiting.delete(file);
  }

  // The chain is looked up when its time has come: it may have been read anew meanwhile.

  private async readStored(file: string): Promise<void> {
    const text = await this.of(file)?.chain.session.files.read(this.of(file)!.path);
    const at = this.of(file);
    if (at) this.take(at, text);
  }

  private takeDocument(file: string): void {
    const at = this.of(file);
    const document = this.owner.documents.at(file);
    if (at && document) this.take(at, document.getText());
  }

  private take({ chain, path }: ChainFile, text: string | undefined): void {
    if (chain.linted.update(path, text)) this.lint(chain);
  }

  private lint(chain: OpenChain): void {
    chain.linted.lint();
    if (chain.linted.configError) this.owner.log(chain.linted.configError);
    this.owner.linted(chain);
  }

  private async readAll(signal: AbortSignal): Promise<void> {
    const found = await Promise.all(this.folders.map(folder => this.rootOf(folder)));
    const roots = new Set(found.filter(root => root !== undefined));
    for (const [root, chain] of this.chains) {
      if (!roots.has(root)) this.drop(chain);
    }
    for (const root of roots) {
      await this.readOne(root, signal).catch((error: unknown) => {
        if (signal.aborted) throw new Refusal('it was cancelled');
        this.owner.log(`cannot read ${root}: ${reasonOf(error)}`);
      });
    }
  }

  private async rootOf(folder: string): Promise<string | undefined> {
    try {
      return await findRoot(folder);
    } catch (error) {
      this.owner.log(`nothing is linted in ${folder}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  private async readOne(root: string, signal: AbortSignal): Promise<void> {
    const { documents } = this.owner;
    this.readings ??= startReadings();
    const session = await readSession(root, line => this.owner.log(line), await this.readings, {
      over: disk => documents.over(root, disk),
      signal,
    });
    const before = this.chains.get(root);
    if (session.chain.apps.length === 0) {
      if (before) this.drop(before);
      this.owner.log(`there is no Cosmos SDK app in ${root}: nothing to lint`);
      return;
    }
    const chain = new OpenChain(session, () => this.owner.settings());
    for (const [file, text] of before?.shown ?? []) chain.shown.set(file, text);
    before?.watched?.close();
    this.chains.set(root, chain);
    // What was typed while it was read.
    for (const { uri } of documents.manager.all()) this.takeDocument(filePath(uri) ?? '');
    this.watch(chain);
    this.lint(chain);
    signal.throwIfAborted();
    if (chain.linted.wantsRelease) await this.compare(chain, session);
  }

  /** Compares a chain with its last release. */
  private async compare(chain: OpenChain, session: Session): Promise<void> {
    const base = chain.linted.options().config?.base;
    const release = await session
      .readBase(chain.linted.apps[0]!, base)
      .catch((error: unknown) => ({ reason: reasonOf(error) }));
    if ('reason' in release) {
      this.owner.log(`not compared with a release: ${release.reason}`);
      return;
    }
    this.owner.log(`compared with ${release.ref}`);
    chain.linted.compareWith(release);
    this.lint(chain);
  }

  private drop(chain: OpenChain): void {
    chain.watched?.close();
    this.chains.delete(chain.root);
    this.owner.closed(chain);
  }

  /** Watches the folders of what was read, and which commit is checked out. */
  private watch(chain: OpenChain): void {
    if (!this.watches) return;
    const folders = new Set(['', '.git']);
    for (const path of chain.linted.repo.texts.keys()) {
      const dir = dirname(path);
      folders.add(dir === '.' ? '' : dir);
    }
    const unwatched: string[] = [];
    chain.watched = watchFolders(
      chain.root,
      [...folders],
      path => this.changed(chain, path),
      folder => unwatched.push(folder),
    );
    // Where the root is not git's top level, or a work tree, .git is no folder of it.
    const lost = unwatched.filter(folder => folder !== '.git').length;
    if (lost > 0) this.owner.log(`${lost} folders cannot be watched: save a file to look again`);
  }

  private changed(chain: OpenChain, path: string): void {
    if (path === '.git/HEAD') this.later(join(chain.root, path), settling, () => void this.again());
    else if (!path.startsWith('.git/')) this.stored(chain.fileAt(path));
  }
}
