import type { FileEdit } from '../go/edit/file-edit.ts';
import type { RefusalInfo } from '../refusal.ts';
import { Refusal } from '../refusal.ts';

/**
 * What a tool run would write: whole texts, so that a shell needs nothing else. Paths are relative
 * to the root, with `/`.
 */
export interface Plan {
  readonly creates: readonly Create[];
  readonly edits: readonly FileEdit[];
  /**
   * Files that are moved, with what is edited in them; absent where none is. Only a rename moves
   * some, which is an edit for an editor to make and never written by this program.
   */
  readonly moves?: readonly Move[];
  /** What the reader should know or still do. */
  readonly notes: readonly string[];
  readonly refused?: RefusalInfo;
  /** Of a plan that proposes an upgrade. */
  readonly proposal?: ProposalSummary;
}

/** What a proposal comes to; null where no node was asked. */
export interface ProposalSummary {
  readonly form: string;
  /** The height of the upgrade; null where none is scheduled that could be cancelled. */
  readonly height: number | null;
  /** When it is expected there, in RFC 3339. */
  readonly time: string | null;
  /** Seconds from block to block, as measured. */
  readonly blockSeconds: { readonly mean: number; readonly error: number } | null;
  /** In seconds. */
  readonly periods: { readonly deposit: number; readonly voting: number } | null;
  /** The command line that submits it; `$VARIABLES` are the user's own. */
  readonly submit: string;
}

export interface Create {
  readonly file: string;
  readonly text: string;
}

/** A file that gets another place; `before` and `after` are its whole texts. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
}

/** Every file that a plan writes, where it is afterwards. */
export function writtenFiles({ creates, edits, moves = [] }: Plan): string[] {
  return [...creates.map(c => c.file), ...moves.map(m => m.to), ...edits.map(e => e.file)];
}

/** A plan that offers nothing. */
export function refuse(reason: string, where: Omit<RefusalInfo, 'reason'> = {}): Plan {
  return { creates: [], edits: [], notes: [], refused: { reason, ...where } };
}

/** The refused plan for whatever was thrown: what is not a `Refusal` is a fault of ours. */
export function refusedPlan(error: unknown): Plan {
  const { reason, ...where } = error instanceof Refusal ? error.info : internalFault(error);
  return refuse(reason, where);
}

function internalFault(error: unknown): RefusalInfo {
  const message = error instanceof Error ? error.message : String(error);
  return { reason: `internal error: ${message}; please report this`, internal: true };
}

/**
 * Throws where a plan moves files: only renames do, and an editor makes those as its own. Whoever
 * writes plans itself would leave half of one.
 */
export function refuseMoves({ moves }: Plan): void {
  if (moves) throw new Error('a plan that moves files is an edit for an editor to make');
}

/** What takes a plan back, byte for byte; `removes` are the files it created. */
export interface Inverse {
  readonly removes: readonly string[];
  readonly edits: readonly FileEdit[];
}

/** What takes a plan back that was written, byte for byte. */
export function inverse({ creates, edits }: Plan): Inverse {
  return {
    removes: creates.map(c => c.file),
    edits: edits.map(({ file, before, after }) => ({ file, before: after, after: before })),
  };
}
