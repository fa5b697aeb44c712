/** A text archive, as Go's golang.org/x/tools/txtar defines it: a comment, and files below it. */
export interface Archive {
  readonly comment: string;
  readonly files: readonly ArchiveFile[];
}

/** A file of an archive. Its text ends with a line break, where it has any. */
export interface ArchiveFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads an archive. A line `-- name --` begins a file; what is above the first is the comment.
 * A name that comes twice is an error: the second would silently replace the first.
 */
export function parseArchive(text: string): Archive {
  const comment: string[] = [];
  const files = new Map<string, string[]>();
  let section = comment;
  for (const line of linesOf(text)) {
    const name = /^-- (.+) --$/.exec(line)?.[1]?.trim();
    if (name === undefined) {
      section.push(line);
      continue;
    }
    if (files.has(name)) throw new Error(`${name} comes twice`);
    section = [];
    files.set(name, section);
  }
  return {
    comment: textOf(comment),
    files: [...files].map(([name, lines]) => ({ name, text: textOf(lines) })),
  };
}

/** The lines of a text; the line break at its end begins none. */
function linesOf(text: string): string[] {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
}

function textOf(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('');
}
