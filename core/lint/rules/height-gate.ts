import { appFolders } from '../../chain/app/app-code.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { intValue } from '../../go/eval/integers.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';

/** A module behaves otherwise from a height on that is compiled in, and the chain has eras. */
export const heightGate: Rule = {
  name: 'height-gate',
  severity: 'info',
  summary: 'a module compares the height of the block with a constant, and the chain has eras',
  repair: 'switch the behaviour by an era: chain-upgrade era NAME --switch NAME',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const eras = readErasOf(repo, app);
      if (!eras) continue;
      for (const dir of appFolders(repo, app.dir))
        if (/(^|\/)x\//.test(dir) && dir !== eras.dir) yield* gatesIn(repo, dir);
    }
  },
};

function* gatesIn(repo: Repo, dir: string): Iterable<Finding> {
  for (const facts of repo.filesOf(dir, /\.BlockHeight\(\)/)) {
    for (const func of facts.funcs) {
      for (const node of findAll(repo.syntaxOf({ facts, func }), 'binary_expression')) {
        const comparison = goNode({ facts, node });
        const height = gateOf(repo, comparison);
        if (height === undefined) continue;
        yield {
          location: locationOf(facts, node),
          message: `the block's height is compared with ${height}`,
          consequence:
            'a network has this behaviour at a height that no vote can move, and a binary without it ' +
            'is not stopped there',
        };
      }
    }
  }
}

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** The number that a comparison has on the other side of a block's height; none for 0 and 1. */
function gateOf(repo: Repo, comparison: GoNode): number | undefined {
  if (!comparisons.has(comparison.operator)) return undefined;
  const [left, right] = [comparison.field('left'), comparison.field('right')];
  const isHeight = (side: GoNode | undefined) => side?.callee?.name === 'BlockHeight';
  const sides = [left, right];
  const other = sides.some(isHeight) ? sides.find(side => !isHeight(side)) : undefined;
  const value = other && intValue(repo, other);
  return value && 'value' in value && value.value > 1 ? value.value : undefined;
}
