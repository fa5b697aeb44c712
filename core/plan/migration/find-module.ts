import type { Chain, Module } from '../../chain/chain.ts';
import { basename } from '../../files.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { withSyntax } from '../go-tree.ts';
import { structFields } from './keeper.ts';

/**
 * The modules that a name can mean: a module's name, its folder, or the end of its folder's path.
 */
export function modulesNamed({ modules }: Chain, name: string): readonly Module[] {
  // As shells complete a folder's name.
  const dir = name.replace(/^\.\//, '').replace(/\/+$/, '');
  const isExact = (m: Module) => m.name === name || m.dir === dir || rootOf(m.dir) === dir;
  const exact = modules.filter(isExact);
  if (exact.length > 0) return exact;
  return modules.filter(
    m =>
      m.dir.endsWith(`/${dir}`) ||
      rootOf(m.dir).endsWith(`/${dir}`) ||
      basename(rootOf(m.dir)) === dir,
  );
}

/** Says that a name means several modules. */
export function ambiguity(chain: Chain, name: string): string | undefined {
  const found = modulesNamed(chain, name);
  return found.length > 1
    ? `there are several modules ${name}: ${found.map(m => m.dir).join(', ')}; give the folder`
    : undefined;
}

/** The one module that a name means. */
export function findModule(repo: Repo, chain: Chain, name: string): Module {
  const [found, ...others] = modulesNamed(chain, name);
  if (found && others.length === 0) return found;
  if (found) throw new Refusal(ambiguity(chain, name)!);
  const promoted = embeddingModule(repo, name);
  if (promoted) throw withoutOwnVersion(promoted);
  if (chain.modules.length === 0)
    throw new Refusal('no module of this repository has a ConsensusVersion');
  const names = chain.modules.map(m => m.name).sort();
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ' …' : '');
  throw new Refusal(`no module "${name}" with a ConsensusVersion (found: ${shown})`);
}

function withoutOwnVersion({ dir, file, type }: EmbeddingModule): Refusal {
  return new Refusal(
    `the module in ${dir} has no ConsensusVersion of its own: an embedded module's counts. ` +
      'Write an override, one higher than that, and register the migration for it',
    {
      file,
      snippet:
        '// ConsensusVersion is one higher than that of the embedded module.\n' +
        `func (am ${type}) ConsensusVersion() uint64 ` +
        '{ return am.AppModule.ConsensusVersion() + 1 }\n',
    },
  );
}

/** The folder of a module without the `module` that some chains add. */
export function rootOf(dir: string): string {
  return dir.replace(/\/module$/, '');
}

/** A module's type that embeds another module's AppModule. */
interface EmbeddingModule {
  readonly dir: string;
  readonly file: string;
  readonly type: string;
}

/**
 * A module in such a folder that embeds another one's AppModule and so takes its version from
 * there.
 */
function embeddingModule(repo: Repo, name: string): EmbeddingModule | undefined {
  for (const dir of repo.packages.keys()) {
    if (dir !== name && basename(rootOf(dir)) !== name) continue;
    for (const facts of repo.filesOf(dir, /AppModule/)) {
      const type = facts.types.find(
        spec =>
          /^(AppModule|Module)$/.test(spec.name) &&
          spec.syntax.type === 'struct_type' &&
          structFields(facts, spec).some(
            field => field.name === 'AppModule' && /^\*?\w+\.AppModule$/.test(field.type),
          ),
      );
      if (type) return { dir, file: facts.path, type: type.name };
    }
  }
  return undefined;
}

/**
 * The method of a module's type, such as RegisterServices; that of its Basic half where it has
 * none.
 */
export function methodOf(
  repo: Repo,
  dir: string,
  name: string,
  type?: string,
): FoundFunc | undefined {
  const own = repo.functions(dir, name).filter(({ func }) => func.receiver);
  const found =
    own.find(({ func }) => func.receiver!.type === type) ??
    own.find(({ func }) => /^(AppModule|Module)$/.test(func.receiver!.type)) ??
    own[0];
  return found && withSyntax(repo, found);
}
