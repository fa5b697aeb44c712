import { ruleNames } from '../../core/lint/names.ts';
import type { Command, Option } from '../command.ts';
import { always } from '../command.ts';

/** What may follow an option: some words, the name of a file or folder, or what nobody knows. */
export type Completed = readonly string[] | 'file' | 'folder' | 'unknown';

/** The options of a command that a shell offers, in the order of `--help`. */
export function offeredOptions({ options }: Command): readonly Option[] {
  return [...options, ...always].filter(({ hidden }) => !hidden);
}

/** The spellings of an option: a flag may be turned off. */
export function spellings({ name, negatable }: Option): readonly string[] {
  return negatable ? [`--${name}`, `--no-${name}`] : [`--${name}`];
}

/** What a placeholder of `--help` stands for, such as `text|json`, `DIR` or `RULE,…`. */
export function completedBy(placeholder: string): Completed {
  if (/^[a-z0-9]+(\|[a-z0-9]+)+$/.test(placeholder)) return placeholder.split('|');
  if (/^RULE\b/.test(placeholder)) return ruleNames.filter(name => name !== 'suppression');
  if (/^DIR$/.test(placeholder)) return 'folder';
  return /\b(FILE|PATH)\b/.test(placeholder) ? 'file' : 'unknown';
}

/** A text in a shell's single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
