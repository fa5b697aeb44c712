import { formatPatch, structuredPatch } from 'diff';
import type { Plan } from '../../core/plan/plan.ts';
import type { RefusalInfo } from '../../core/refusal.ts';

/** A plan as a unified diff that `git apply` understands. */
export function unifiedDiff({ creates, edits }: Plan): string {
  const created = creates.map(({ file, text }) => patch(file, '', text, true));
  const edited = edits.map(({ file, before, after }) => patch(file, before, after, false));
  return [...created, ...edited].join('');
}

function patch(file: string, before: string, after: string, isCreate: boolean): string {
  const changes = structuredPatch(
    isCreate ? '/dev/null' : `a/${file}`,
    `b/${file}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3 },
  );
  return formatPatch({ ...changes, isGit: true, isCreate });
}

const bold = 1;
/** SGR codes by how a line of a diff begins. */
const colours: Readonly<Record<string, number>> = { '+': 32, '-': 31, '@@': 36 };

/** The same for a terminal: additions green, removals red, headings bold. */
export function colourDiff(diff: string): string {
  return diff.replace(/^(diff --git|---|\+\+\+|new file|@@|\+|-).*$/gm, (line, start: string) => {
    return `\x1b[${colours[start] ?? bold}m${line}\x1b[0m`;
  });
}

/** What was written, one line per file. */
export function writtenLines({ creates, edits }: Plan): string[] {
  return [
    ...creates.map(({ file }) => `created ${file}`),
    ...edits.map(({ file }) => `changed ${file}`),
  ];
}

/** A refusal in one line, the place first as compilers write it. */
export function refusalLine({ reason, file, line }: RefusalInfo): string {
  const words = reason.trim().replace(/\s*\n\s*/g, ' ');
  if (!file) return words;
  const place = line ? `${file}:${line}` : file;
  return words.startsWith(`${place}:`) ? words : `${place}: ${words}`;
}
