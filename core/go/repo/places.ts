import { basename, dirname } from '../../files.ts';
import type { GoMod } from './gomod.ts';
import { readGoMod } from './gomod.ts';
import type { GoPackage } from './layout.ts';

/** The modules of some texts, the deepest first, and their packages by folder. */
export function placesOf(
  texts: ReadonlyMap<string, string>,
): [mods: readonly GoMod[], packages: ReadonlyMap<string, GoPackage>] {
  const mods: GoMod[] = [];
  const byDir = new Map<string, string[]>();
  for (const [path, text] of texts) {
    const dir = dirname(path);
    if (basename(path) === 'go.mod') mods.push(readGoMod(dir, text));
    else if (isBuilt(path)) {
      const files = byDir.get(dir);
      if (files) files.push(path);
      else byDir.set(dir, [path]);
    }
  }
  return [
    mods.sort((a, b) => b.dir.length - a.dir.length),
    new Map([...byDir].map(([dir, files]) => [dir, { dir, files: files.sort() }])),
  ];
}

/** Whether Go takes a file into a package, by its name. */
function isBuilt(path: string): boolean {
  return path.endsWith('.go') && !path.endsWith('_test.go') && !/^[._]/.test(basename(path));
}

/** The package clause by text alone: a file is not worth parsing for its name. */
export function packageClause(text: string): string | undefined {
  return /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*package\s+(\w+)/.exec(text)?.[1];
}

const wantedName = /(^|\/)(go\.mod|go\.work|app(_config)?\.ya?ml|\.chain-upgrade\.json)$|\.go$/;
const kept = /^(upgrades\.(lock|checks)\/[^/]+\.json|operators\/[^/]+\/[^/]+\/[^/]+)$/;
/** What else a team keeps of an upgrade: proposals, and how nodes are run. */
const operations =
  /(^|\/)([^/]*proposal[^/]*\.json|[^/]*\.(env|service|sh)|docker-compose[^/]*\.ya?ml|Dockerfile[^/]*)$/i;
const skipped = /(^|\/)([._][^/]*|node_modules|vendor|third_party|testdata)\//;
const generatedName = /\.(pb|pb\.gw|pulsar)\.go$/;

/** Whether a file can matter to the reading of a chain, by its path. */
export function isWanted(path: string): boolean {
  const isNamed = wantedName.test(path) || kept.test(path) || operations.test(path);
  return isNamed && !skipped.test(path) && !generatedName.test(path);
}
