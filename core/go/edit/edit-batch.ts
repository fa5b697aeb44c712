import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import type { TextEdit } from './edit.ts';
import { applyEdits } from './edit.ts';
import type { ImportSpec } from './imports.ts';
import { addImports } from './imports.ts';

/** Edits to the chain's own files, gathered from several builders and applied together. */
export class EditBatch {
  readonly repo: Repo;
  private readonly files = new Map<string, { edits: TextEdit[]; imports: ImportSpec[] }>();

  constructor(repo: Repo) {
    this.repo = repo;
  }

  /** Replaces a range of a file. */
  edit(file: string, start: number, end: number, text: string): void {
    this.of(file).edits.push({ start, end, text });
  }

  /** Asks for an import in a file; asked for twice it comes once. */
  import(file: string, wanted: ImportSpec): void {
    this.of(file).imports.push(wanted);
  }

  /** Has a file among the changed ones although nothing of it is edited yet. */
  touch(file: string): void {
    this.of(file);
  }

  /** The changed texts. */
  texts(): Map<string, string> {
    const out = new Map<string, string>();
    for (const [file, { edits, imports }] of this.files) {
      const facts = this.repo.facts(file)!;
      out.set(
        file,
        applyEdits(facts.text, [
          ...edits,
          ...addImports(facts, imports, this.repo.modOf(dirname(file))?.module),
        ]),
      );
    }
    return out;
  }

  private of(file: string): { edits: TextEdit[]; imports: ImportSpec[] } {
    let found = this.files.get(file);
    if (!found) {
      found = { edits: [], imports: [] };
      this.files.set(file, found);
    }
    return found;
  }
}
