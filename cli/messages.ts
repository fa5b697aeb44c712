import type { Log } from '../host/commands/session.ts';

/** How grave a message on standard error is. */
export type MessageKind = 'error' | 'warning' | 'note';

/** Where messages go: a terminal. */
interface Lines {
  tell(line: string): void;
}

/** One message as git and compilers write theirs: the program, the kind, the text. */
export function messageLine(kind: MessageKind, text: string): string {
  return `chain-upgrade: ${kind}: ${text}`;
}

/** Writes a message to standard error. */
export function writeMessage(lines: Lines, kind: MessageKind, text: string): void {
  lines.tell(messageLine(kind, text));
}

/** Takes the messages of what a command calls; they begin with their kind. */
export function logTo(lines: Lines): Log {
  return line => lines.tell(`chain-upgrade: ${line}`);
}
