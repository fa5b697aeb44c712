import type { Chain, Module } from '../../chain/chain.ts';
import { basename } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { Refusal } from '../../refusal.ts';

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
  const found = modulesNamed(chain, name);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw new Refusal(ambiguity(chain, name)!);
  const promoted = modulesWithout(repo, name);
  if (promoted) {
    throw new Refusal(
      `the module in ${promoted.dir} has no ConsensusVersion of its own: an embedded module's counts. Write an override, one higher than that, and register the migration for it`,
      {
        file: promoted.file,
        snippet: `// ConsensusVersion is one higher than that of the embedded module.\nfunc (am ${promoted.type}) ConsensusVersion() uint64 { return am.${promoted.embedded}.ConsensusVersion() + 1 }\n`,
      },
    );
  }
  const known = chain.modules.map(module => module.name).sort();
  if (known.length === 0) throw new Refusal('no module of this repository has a ConsensusVersion');
  const listed = known.slice(0, 12).join(', ') + (known.length > 12 ? ' …' : '');
  throw new Refusal(`no module "${name}" with a ConsensusVersion (found: ${listed})`);
}

/** The folder of a module without the `module` that some chains add. */
export function rootOf(dir: string): string {
  return dir.replace(/\/module$/, '');
}

/**
 * A module in such a folder that embeds another one's AppModule and so takes its version from
 * there.
 */
function modulesWithout(
  repo: Repo,
  name: string,
): { dir: string; file: string; type: string; embedded: string } | undefined {
  for (const dir of repo.packages.keys()) {
    if (dir !== name && basename(rootOf(dir)) !== name) continue;
    for (const facts of repo.filesOf(dir, /AppModule/)) {
      for (const type of facts.types.filter(
        t => /^AppModule$|^Module$/.test(t.name) && t.syntax.type === 'struct_type',
      )) {
        const embedded = /^\s*\*?(\w+\.AppModule)\s*$/m.exec(
          facts.text.slice(type.start, type.end),
        )?.[1];
        if (embedded) return { dir, file: facts.path, type: type.name, embedded: 'AppModule' };
      }
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
): { facts: FileFacts; func: Func } | undefined {
  const own = repo.functions(dir, name).filter(({ func }) => func.receiver && func.syntax);
  return (
    own.find(({ func }) => func.receiver!.type === type) ??
    own.find(({ func }) => /^(AppModule|Module)$/.test(func.receiver!.type)) ??
    own[0]
  );
}
