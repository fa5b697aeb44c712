import { appFolders } from '../../chain/app/app-code.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';

/** Code of the app that reads a node's own record of its app version (docs/version-guard.md). */
export const appVersionInStateMachine: Rule = {
  name: 'app-version-in-state-machine',
  severity: 'error',
  summary: "the app's code reads the app version that a node has recorded",
  repair: 'leave the record to the start of the daemon; what blocks need is in the state',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const guard = readGuardOf(repo, app);
      if (!guard) continue;
      for (const dir of appFolders(repo, app.dir))
        if (dir !== guard.dir) yield* inFolder(repo, dir, guard.dir);
    }
  },
};

/** What reads a node's data folder; the rest of the package is the same on every node. */
const readers = ['Load', 'LoadPlan'];

function* inFolder(repo: Repo, dir: string, guardDir: string): Iterable<Finding> {
  for (const facts of repo.filesOf(dir, /\.Load(Plan)?\(/)) {
    const imports = repo.imports(facts.path);
    if (!imports.some(path => repo.dirOf(path, dir) === guardDir)) continue;
    for (const func of facts.funcs) {
      for (const node of callsOf(repo.syntaxOf({ facts, func }), facts.text, ...readers)) {
        const { callee, name } = goNode({ facts, node });
        if (!callee || importedPackage(repo, callee)?.dir !== guardDir) continue;
        yield {
          location: locationOf(facts, node),
          message: `${name} reads a file of this node, in code that makes blocks`,
          consequence:
            'nodes whose files differ, as after a state sync, come to other app hashes, and the ' +
            'chain halts',
        };
      }
    }
  }
}
