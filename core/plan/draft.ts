import type { Analysis } from '../chain/analysis.ts';
import { analyse } from '../chain/analysis.ts';
import { EditBatch } from '../go/edit/edit-batch.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Create, Move, Plan, ProposalSummary } from './plan.ts';

/** A last touch on a text that was edited, such as taking out an import that is not used now. */
export type Tidy = (file: string, text: string) => string;

/**
 * A working copy of a repository in memory, and the only form of text that is not written yet.
 * What one step writes is read by the next one: `repo` and `now` take in what is pending.
 */
export class Draft {
  /** The repository before anything was written. */
  readonly before: Analysis;
  readonly notes: string[] = [];
  /** What the plan proposes, where it does. */
  proposal: ProposalSummary | undefined;
  private written: Repo;
  private analysis: Analysis | undefined;
  private pending: Pending | undefined;
  /** The files that were created or edited, in that order. */
  private readonly touched = new Set<string>();
  /** The files that were moved: where each is now, and where and what it was. */
  private readonly moved = new Map<string, MovedFrom>();

  constructor(before: Analysis) {
    this.before = before;
    this.written = before.repo;
    this.analysis = before;
  }

  /** The repository with all that was written so far. */
  get repo(): Repo {
    this.takeIn();
    return this.written;
  }

  /** The same, read again if something was written since. */
  get now(): Analysis {
    const { repo } = this;
    this.analysis ??= analyse(repo);
    return this.analysis;
  }

  /** Edits to files that are there. They hold for the texts of `repo` as it was when they began. */
  get edits(): EditBatch {
    return this.open().edits;
  }

  /** Files to create; a path that exists must not be among them. */
  get creates(): Create[] {
    return this.open().creates;
  }

  /** New texts of files that are there, whole. */
  get texts(): Map<string, string> {
    return this.open().texts;
  }

  /** Touches on the texts that `edits` change, in order, after them. */
  get tidy(): Tidy[] {
    return this.open().tidy;
  }

  /**
   * Files to move, as `from` and `to`; a path that exists must not be a `to`. Edits of a moved file
   * name it by where it was. `text` is that of a file that the repository does not hold.
   */
  get moves(): PendingMove[] {
    return this.open().moves;
  }

  /** Whether a file is another one than before. */
  changes(file: string): boolean {
    return this.repo.texts.get(file) !== this.before.repo.texts.get(file);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** All that was written, as one plan. */
  toPlan(): Plan {
    const { repo, before, notes, moved } = this;
    const moves = [...moved].map(
      ([to, { from, text }]): Move => ({ from, to, before: text, after: repo.texts.get(to)! }),
    );
    const places = new Set(moves.flatMap(({ from, to }) => [from, to]));
    const files = [...this.touched].filter(file => this.changes(file) && !places.has(file));
    const isNew = (file: string) => !before.repo.texts.has(file);
    return {
      creates: files.filter(isNew).map(file => ({ file, text: repo.texts.get(file)! })),
      edits: files
        .filter(file => !isNew(file))
        .map(file => ({
          file,
          before: before.repo.texts.get(file)!,
          after: repo.texts.get(file)!,
        })),
      ...(moves.length > 0 && { moves }),
      notes,
      ...(this.proposal && { proposal: this.proposal }),
    };
  }

  private open(): Pending {
    this.pending ??= {
      edits: new EditBatch(this.written),
      creates: [],
      texts: new Map(),
      tidy: [],
      moves: [],
    };
    return this.pending;
  }

  /** Applies what is pending to the working copy. */
  private takeIn(): void {
    if (!this.pending) return;
    const { moves } = this.pending;
    const changes = textsOf(this.pending);
    this.pending = undefined;
    if (changes.length === 0 && moves.length === 0) return;
    for (const { from, text } of moves) this.noteMove(from, text);
    const renamed = new Map(moves.map(({ from, to }) => [from, to]));
    const texts = new Map(changes);
    const stayed = changes.filter(([file]) => !renamed.has(file));
    const movedTexts = moves.flatMap(({ from, to, text }) => [
      [from, undefined] as const,
      [to, texts.get(from) ?? this.written.texts.get(from) ?? text] as const,
    ]);
    this.written = this.written.with([...stayed, ...movedTexts]);
    this.analysis = undefined;
    for (const { from, to } of moves) this.move(from, to);
    for (const [file] of stayed) this.touched.add(file);
  }

  /** Keeps what a file was before it is moved for the first time. */
  private noteMove(from: string, text: string | undefined): void {
    if (this.moved.has(from)) return;
    const was = this.before.repo.texts.get(from) ?? text;
    if (was === undefined) throw new Error(`${from} is not there to be moved`);
    this.moved.set(from, { from, text: was });
  }

  private move(from: string, to: string): void {
    const was = this.moved.get(from)!;
    this.moved.delete(from);
    this.moved.set(to, was);
  }
}

/** What was written since the working copy was last read. */
interface Pending {
  readonly edits: EditBatch;
  readonly creates: Create[];
  readonly texts: Map<string, string>;
  readonly tidy: Tidy[];
  readonly moves: PendingMove[];
}

/** A file that is to be moved. */
interface PendingMove {
  readonly from: string;
  readonly to: string;
  readonly text?: string;
}

/** Where a moved file was, and its text then. */
interface MovedFrom {
  readonly from: string;
  readonly text: string;
}

function textsOf({ edits, creates, texts, tidy }: Pending): (readonly [string, string])[] {
  const edited = [...edits.texts()].map(([file, text]) => {
    const tidied = tidy.reduce((current, touch) => touch(file, current), text);
    return [file, tidied] as const;
  });
  return [...creates.map(({ file, text }) => [file, text] as const), ...edited, ...texts];
}
