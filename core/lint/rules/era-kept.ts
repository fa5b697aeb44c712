import { readErasOf } from '../../chain/eras/eras.ts';
import { filesNaming } from '../../chain/eras/switches.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';

/** A keeper or the app holds an era in a field (docs/eras.md). */
export const eraKept: Rule = {
  name: 'era-kept',
  severity: 'warning',
  summary: 'an era is kept in a field of a keeper',
  repair: 'ask the keeper of eras in each block: Current(ctx)',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const eras = readErasOf(repo, app);
      if (!eras) continue;
      for (const facts of filesNaming(repo, eras.dir, /\.Era\b/, app.dir)) {
        const holders = facts.types.filter(({ name }) => /Keeper$/.test(name) || name === app.type);
        for (const holder of holders) yield* keptIn(repo, eras.dir, facts, holder);
      }
    }
  },
};

function* keptIn(
  repo: Repo,
  eraDir: string,
  facts: FileFacts,
  { name, syntax }: TypeSpec,
): Iterable<Finding> {
  for (const node of findAll(syntax, 'field_declaration')) {
    if (!isEra(repo, eraDir, goNode({ facts, node }))) continue;
    yield {
      location: locationOf(facts, node),
      message: `${name} keeps an era, which is that of one block`,
      consequence:
        'queries of old heights, checks of the mempool and blocks that are executed twice see the ' +
        'era of another height',
    };
  }
}

/** Whether a field's type is the framework's `Era`, or a pointer to one. */
function isEra(repo: Repo, eraDir: string, field: GoNode): boolean {
  const written = field.field('type');
  const type = written?.type === 'pointer_type' ? written.children[0] : written;
  if (type?.name !== 'Era' || type.qualifier === undefined) return false;
  const path = repo.importFor(field.facts, type.qualifier);
  return path !== undefined && repo.dirOf(path) === eraDir;
}
