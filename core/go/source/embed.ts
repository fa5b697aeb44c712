import { dirname, join } from '../../files.ts';

/** The files that a Go file embeds by name, of those that hold text. */
export function embeddedFiles(path: string, text: string): string[] {
  return [...text.matchAll(/^\/\/go:embed\s+([\w./-]+\.(?:txt|list))\s*$/gm)].map(m =>
    join(dirname(path), m[1]!),
  );
}
