import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.ts';

/** The page of a rule, beside the built program. */
export function rulePage(rule: string): URL {
  return packageFile(`docs/rules/${rule}.md`);
}

/** The text of a rule's page, which is Markdown. */
export function readRulePage(rule: string): string {
  return readFileSync(rulePage(rule), 'utf8');
}
