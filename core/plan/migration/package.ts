import { basename, dirname, join } from '../../files.ts';
import { importsOf } from '../../go/facts.ts';
import type { FileFacts } from '../../go/facts.ts';
import { qualifierOf } from '../../go/imports.ts';
import type { Wanted } from '../../go/imports.ts';
import type { Repo } from '../../go/repo.ts';
import { render } from '../../render.ts';
import { commentAbove } from '../doc-comment.ts';
import { assemble } from '../go-file.ts';
import { Refused } from '../job.ts';
import type { Create } from '../plan.ts';
import type { Step } from './step.ts';

/** The package of one migration: where it lies, how its function is called, and what that takes. */
export interface MigrationPackage { readonly dir: string; readonly name: string; readonly func: string; readonly parameters: string; readonly imports: readonly Wanted[]; readonly like: FileFacts | undefined; /** Types of the older package that the parameters need. */ readonly types?: string }

/** Where the packages of a module's migrations lie: where the older ones do, else `migrations/vN` in its folder. */
export function packageDir(root: string, older: string | undefined, old: Step | undefined, now: Step): string {
  const folder = older === undefined || old === undefined ? undefined : basename(older).replace(new RegExp(`(?<![0-9])${old.to}(?![0-9])`), String(now.to));
  return older !== undefined && folder !== undefined && folder !== basename(older) ? join(dirname(older), folder) : join(root, 'migrations', `v${now.to}`);
}

/** The file with the migration's function. A folder that is there already keeps what it has. */
export function migrationFile(repo: Repo, module: string, step: Step, made: MigrationPackage): Create {
  const there = repo.packages.get(made.dir)?.files ?? [], file = made.like ? basename(made.like.path) : 'store.go';
  if (repo.func(made.dir, made.func)) throw new Refused(`${made.func} exists already in ${made.dir}; register it, or remove it`, { file: made.dir });
  const path = join(made.dir, there.includes(join(made.dir, file)) ? 'migrate.go' : file);
  if (repo.texts.has(path)) throw new Refused(`${path} exists already; remove it, or write the migration by hand`, { file: path });
  const body = render('migration/store.go', { func: made.func, module, from: step.from, to: step.to, parameters: made.parameters });
  const clause = repo.filesOf(made.dir)[0]?.package ?? made.name;
  const imports = new Map(made.imports.map(w => [qualifierOf(repo, made.dir, w), w] as const));
  return { file: path, text: assemble(repo, { path, header: '', packageClause: `package ${clause}`, body: [...made.types ? [made.types] : [], body].join('\n\n'), imports }) };
}

/** The interfaces of a package that some parameters name, as they are declared there; undefined where they name another type of it. */
export function interfacesFor(repo: Repo, dir: string, parameters: string): { text: string; imports: Wanted[] } | undefined {
  const texts: string[] = [], imports: Wanted[] = [];
  for (const facts of repo.filesOf(dir)) {
    for (const type of facts.types.filter(t => new RegExp(`(?<![.\\w])${t.name}\\b(?!\\.)`).test(parameters.replace(/(^|,)\s*\w+ /g, '$1 ')))) {
      if (type.syntax.type !== 'interface_type') return undefined;
      const start = facts.text.lastIndexOf('type', type.start), text = facts.text.slice(start, type.end), said = commentAbove(facts.text, start);
      texts.push((said ? said + '\n' : '') + text);
      imports.push(...importsUsed(repo, facts, text));
    }
  }
  return { text: texts.join('\n\n'), imports };
}

/** The imports of a file that some Go text uses. */
export function importsUsed(repo: Repo, facts: FileFacts, text: string): Wanted[] {
  return importsOf(facts).filter(i => i.alias !== '_' && i.alias !== '.' && new RegExp(`\\b${qualifierOf(repo, dirname(facts.path), i)}\\.`).test(text)).map(i => ({ path: i.path, alias: i.alias }));
}
