import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { namesIn, withFreeNames } from '../package/free-names.ts';
import type { Create } from '../plan.ts';
import type { EraFacts } from './facts.ts';

/** The function that gives the command, to be added to the daemon's root command. */
export const eraCommandMaker = 'eraCmd';

/** What the file declares for its package. */
const declared = [
  ...[eraCommandMaker, 'eraListCmd', 'eraStatusCmd', 'eraStatus', 'printEraJSON'],
  ...['eraProposalCmd', 'eraActivateCmd', 'addDepositFlag', 'readinessSummary', 'printEraProposal'],
];

/** The package of the daemon's root command. */
export interface DaemonPackage {
  readonly dir: string;
  readonly package: string;
}

/**
 * The file of the daemon's package with `era list`, `status` and, where x/gov decides, `announce`,
 * `activate` and `cancel`. Throws `Refusal` where a name is taken.
 */
export function eraCommandFile(
  repo: Repo,
  daemon: DaemonPackage,
  { path: era, governed }: Pick<EraFacts, 'path' | 'governed'>,
): Create {
  const file = join(daemon.dir, 'era.go');
  if (repo.texts.has(file)) throw new Refusal(`${file} exists already; move it`, { file });
  const taken = namesIn(repo, daemon.dir);
  const clash = declared.find(name => taken.has(name));
  if (clash !== undefined)
    throw new Refusal(`${clash} is declared in ${daemon.dir || 'the root folder'} already`);
  const imports = new Map(importsOf(era));
  const body = withFreeNames(render('era/command.go', { governed }), imports, taken);
  const packageClause = `package ${daemon.package}`;
  return { file, text: assemble(repo, { path: file, header: '', packageClause, body, imports }) };
}

function importsOf(era: string): readonly (readonly [string, ImportSpec])[] {
  const sdk = 'github.com/cosmos/cosmos-sdk/client';
  const paths = ['encoding/json', 'fmt', 'os', sdk, `${sdk}/flags`, 'github.com/spf13/cobra', era];
  return paths.map(path => [path.replace(/^.*\//, ''), { path, alias: undefined }]);
}
