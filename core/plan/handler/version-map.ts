import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { hasWord, nodeText } from '../go-tree.ts';
import type { HandlerShape } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';

/**
 * The module versions that migrations start from, by a name that statements above RunMigrations can
 * use.
 */
export interface VersionMap {
  readonly name: string;
  /** The statement that gives it that name, where it has none yet. */
  readonly declared: string | undefined;
}

/**
 * Finds the map that a handler hands to RunMigrations; where it is handed over as it is made, it
 * gets a name. Undefined where the handler runs no migrations.
 */
export function versionMapIn(changes: EditBatch, shape: HandlerShape): VersionMap | undefined {
  const call = migrationCall(shape);
  const given = call && namedChildren(childByField(call.node, 'arguments'))[2];
  if (!given) return undefined;
  const { facts, closure } = shape;
  const written = nodeText(facts, given);
  if (given.type === 'identifier') return { name: written, declared: undefined };
  const code = nodeText(facts, closure.node);
  const name = ['fromVM', 'versionMap', 'moduleVersions'].find(one => !hasWord(code, one))!;
  changes.edit(facts.path, given.start, given.end, name);
  return { name, declared: `${name} := ${written}` };
}
