/**
 * `npm run editor-clients`: real editors as clients of `chain-upgrade lsp --stdio`. Each opens a Go
 * file with a mistake, by the recipe of docs/editors.md, and has to show the finding. Says of each
 * whether it passed, and of one that is not installed how it is. Exits 1 where one failed, and with
 * CI=true also where one is not installed.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { main as program } from '../test/support/cli.ts';
import { mistakenChain } from '../test/support/mistaken-chain.ts';
import { tempDir } from '../test/support/temp.ts';
import type { EditorClient } from './editor-clients/clients.ts';
import { editorClients } from './editor-clients/clients.ts';
import { recipeUnder } from './editor-clients/recipe.ts';
import { runScript } from './run-script.ts';

/** What an editor showed, as the scripts of the editors write it. */
interface Seen {
  readonly error?: string;
  readonly findings: readonly { readonly line: number; readonly text: string }[];
}

const page = readFileSync('docs/editors.md', 'utf8');
const mistake = { file: 'app/keys.go', line: 12, says: 'the store "ledger" is mounted' };

await runScript('editor-clients', async () => {
  const missingFails = process.env['CI'] === 'true';
  const counts = { passed: 0, failed: 0, missing: 0 };
  for (const client of editorClients) {
    const version = versionOf(client);
    if (version === undefined) {
      counts.missing++;
      console.log(`${client.name}: not installed: ${client.install}`);
      continue;
    }
    const failure = failureOf(client, version);
    counts[failure === undefined ? 'passed' : 'failed']++;
    const outcome = failure === undefined ? 'passed' : `failed: ${failure}`;
    console.log(`${client.name} (${version}): ${outcome}`);
  }
  const { passed, failed, missing } = counts;
  console.log(`${passed} passed, ${failed} failed, ${missing} not installed`);
  return failed > 0 || (missing > 0 && missingFails) ? 1 : 0;
});

/** The first line that an editor prints of its version; nothing where it is not installed. */
function versionOf({ probe: [editor = '', ...args] }: EditorClient): string | undefined {
  const { status, stdout } = spawnSync(editor, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}

/** Runs an editor on a chain with a mistake; what is wrong with what it showed. */
function failureOf(client: EditorClient, version: string): string | undefined {
  const { dir } = mistakenChain();
  const home = tempDir({
    'bin/chain-upgrade': `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
    recipe: recipeUnder(page, client.heading(version)),
  });
  chmodSync(join(home, 'bin/chain-upgrade'), 0o755);
  const seen = join(home, 'seen.json');
  const [editor = '', ...args] = client.command;
  const { stderr, error } = spawnSync(editor, args, {
    cwd: dir,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 120_000,
    env: {
      ...process.env,
      ...{ HOME: home, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_DATA_HOME: home },
      ...{ PATH: join(home, 'bin') + delimiter + process.env['PATH'] },
      ...{ RECIPE: join(home, 'recipe'), FILE: join(dir, mistake.file), SEEN: seen },
    },
  });
  if (!existsSync(seen)) return error?.message ?? `it wrote nothing: ${stderr.trim()}`;
  return wrongWith(JSON.parse(readFileSync(seen, 'utf8')) as Seen);
}

function wrongWith({ error, findings }: Seen): string | undefined {
  if (error !== undefined) return error;
  const [first] = findings;
  if (first === undefined) return 'no finding was shown';
  if (first.line === mistake.line && first.text.includes(mistake.says)) return undefined;
  return `something else was shown: line ${first.line}, ${first.text}`;
}
