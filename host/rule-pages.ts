import { readFileSync } from 'node:fs';

/** The page of a rule, beside the built program. */
export function rulePage(rule: string): URL {
  return new URL(`../../docs/rules/${rule}.md`, import.meta.url);
}

/** The text of a rule's page, which is Markdown. */
export function readRulePage(rule: string): string {
  return readFileSync(rulePage(rule), 'utf8');
}
