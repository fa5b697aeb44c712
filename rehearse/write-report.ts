import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { reportHtml } from '../core/rehearse/report/html.ts';
import { reportMarkdown } from '../core/rehearse/report/markdown.ts';
import { rehearsalReport } from '../core/rehearse/report/report.ts';
import type { Rehearsal } from '../core/rehearse/result.ts';
import { failure } from '../host/errors.ts';

/** Throws where a report cannot be written to a file, before anything is built for it. */
export function mustBeReport(file: string): void {
  if (!['.md', '.html'].includes(extname(file)))
    throw new Refusal(`--report ${file} has to end with .md or .html`);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new Refusal(`--report ${file}: there is no folder ${folder}`);
  if (existsSync(file) && !statSync(file).isFile())
    throw new Refusal(`--report ${file} is no file`);
}

/**
 * Writes the report of a rehearsal, and appends it to the summary of a GitHub job (`summary`, the
 * file that GITHUB_STEP_SUMMARY names).
 */
export function writeReport(file: string, rehearsal: Rehearsal, summary: string | undefined): void {
  const report = rehearsalReport(rehearsal);
  const markdown = reportMarkdown(report);
  try {
    writeFileSync(file, extname(file) === '.html' ? reportHtml(report) : markdown);
    if (summary !== undefined && summary !== '') appendFileSync(summary, `${markdown}\n`);
  } catch (error) {
    throw failure('the report cannot be written', error);
  }
}
