import type { Analysis } from '../chain/analysis.ts';
import { analyse } from '../chain/analysis.ts';
import { EditBatch } from '../go/edit/edit-batch.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Create, Plan, ProposalSummary } from './plan.ts';

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

  /** Whether a file is another one than before. */
  changes(file: string): boolean {
    return this.repo.texts.get(file) !== this.before.repo.texts.get(file);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** All that was written, as one plan. */
  toPlan(): Plan {
    const { repo, before, notes } = this;
    const files = [...this.touched].filter(file => this.changes(file));
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
    };
    return this.pending;
  }

  /** Applies what is pending to the working copy. */
  private takeIn(): void {
    if (!this.pending) return;
    const changes = textsOf(this.pending);
    this.pending = undefined;
    if (changes.length === 0) return;
    this.written = this.written.with(changes);
    this.analysis = undefined;
    for (const [file] of changes) this.touched.add(file);
  }
}

/** What was written since the working copy was last read. */
interface Pending {
  readonly edits: EditBatch;
  readonly creates: Create[];
  readonly texts: Map<string, string>;
  readonly tidy: Tidy[];
}

function textsOf({ edits, creates, texts, tidy }: Pending): (readonly [string, string])[] {
  const edited = [...edits.texts()].map(([file, text]) => {
    const tidied = tidy.reduce((current, touch) => touch(file, current), text);
    return [file, tidied] as const;
  });
  return [...creates.map(({ file, text }) => [file, text] as const), ...edited, ...texts];
}
