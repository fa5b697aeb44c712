/**
 * Derives what would otherwise drift from its source, and checks what no compiler checks:
 * `npm run contract` writes, `--check` compares. ts-morph, because types, their comments and import
 * statements are gone at run time; whatever is there at run time is simply imported.
 */
import { fileURLToPath } from 'node:url';
import { ensureCitationsExist } from './contract/citations.ts';
import type { Ensure } from './contract/code-base.ts';
import { openCodeBase } from './contract/code-base.ts';
import { ensureCommands } from './contract/commands.ts';
import { ensureDependencies, ensureDependenciesAreExplained } from './contract/dependencies.ts';
import { ensureDocLists, ensureStylesAreExplained } from './contract/docs.ts';
import { ensureFilesAreSmall, ensureNoStrayIndex } from './contract/files.ts';
import {
  ensureCoreIsPure,
  ensureDirections,
  ensureFrontEndsStayApart,
  ensureHostIsLazy,
  ensureNoCircles,
} from './contract/imports.ts';
import { ensureLinksExist } from './contract/links.ts';
import { ensureManifestTexts } from './contract/manifest-texts.ts';
import { ensureSettings } from './contract/settings.ts';

const ensures: readonly Ensure[] = [
  ensureSettings,
  ensureCommands,
  ensureManifestTexts,
  ensureDirections,
  ensureNoCircles,
  ensureCoreIsPure,
  ensureFrontEndsStayApart,
  ensureHostIsLazy,
  ensureDependencies,
  ensureDependenciesAreExplained,
  ensureDocLists,
  ensureStylesAreExplained,
  ensureCitationsExist,
  ensureLinksExist,
  ensureFilesAreSmall,
  ensureNoStrayIndex,
];

/** Runs every check on the tree and returns its findings as `file:line: message`. */
export async function contract(root: string, write: boolean): Promise<string[]> {
  const codeBase = openCodeBase(root, write);
  const findings: string[] = [];
  for (const ensure of ensures)
    await ensure(codeBase, (file, line, message) => findings.push(`${file}:${line}: ${message}`));
  return findings;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const findings = await contract(process.cwd(), !process.argv.includes('--check'));
  console.log([...findings, `${findings.length} findings`].join('\n'));
  process.exitCode = findings.length > 0 ? 1 : 0;
}
