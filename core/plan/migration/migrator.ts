import type { VersionStep } from '../../edit/version-step.ts';
import { restep } from '../../edit/version-step.ts';
import { dirname } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { nodeText, withSyntax } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { CalledMigration, MigrationPlace } from './called-migration.ts';
import { generatedLike, importCall, inOwnLayout, packageLike } from './called-migration.ts';
import type { BodyGenerator } from './generated-body.ts';
import { heldKeeper } from './generated-body.ts';
import { argumentsFrom, keeperField, structIn } from './keeper.ts';
import type { MigrationPackage } from './package.ts';
import { packagedCall } from './packaged-call.ts';
import type { Runner } from './runner.ts';

/** The function or method of that name near a module: what its registrations hand over. */
export function runnerNamed(
  repo: Repo,
  root: string,
  name: string,
  step: VersionStep,
): Runner | undefined {
  const dirs = [...repo.packages.keys()]
    .filter(dir => dir === root || dir.startsWith(`${root}/`))
    .sort((a, b) => a.length - b.length);
  for (const dir of dirs) {
    const [found] = repo.functions(dir, name);
    if (found) return { ...withSyntax(repo, found), step };
  }
  return undefined;
}

/** What one more runner is, written after an older one. */
export interface NextRunner {
  readonly name: string;
  readonly made: MigrationPackage;
}

/**
 * Declares a runner like an older one below it: a method of the migrator, or a function that makes
 * a handler.
 */
export function runnerLike(
  place: MigrationPlace,
  changes: EditBatch,
  old: Runner,
  generate?: BodyGenerator,
): NextRunner {
  const { repo } = place;
  const { facts, func } = old;
  const { text, path } = facts;
  const name = runnerName(place, old);
  const called = migrationLike(place, old, generate);
  const body = runnerBody(old, importCall(repo, changes, facts, called));
  const declaration =
    `${runnerComment(old, name, place.step)}\n` +
    `func ${receiverText(func)}${name}${signatureText(facts, func)} {\n${body}\n}\n`;
  const end = lineEnd(text, func.end);
  const newline = text[end - 1] === '\n' ? '' : '\n';
  changes.edit(path, end, end, `${newline}\n${declaration}`);
  return { name, made: called.made };
}

function runnerName({ repo, step }: MigrationPlace, { facts, func, step: old }: Runner): string {
  const name = restep(func.name, old, step) ?? `Migrate${step.from}to${step.to}`;
  const exists = repo
    .functions(dirname(facts.path), name)
    .some(other => other.func.receiver?.type === func.receiver?.type);
  if (exists)
    throw new Refusal(`${name} exists already in ${facts.path}; register it, or remove it`, {
      file: facts.path,
    });
  return name;
}

/**
 * The older runner's comment, where it is one line that only names the step; others tell what the
 * old one did.
 */
function runnerComment({ facts, func, step: old }: Runner, name: string, now: VersionStep): string {
  const comment = commentAbove(facts.text, func.start);
  const rest = comment.replaceAll(func.name, '');
  const isGeneral = !comment.includes('\n') && restep(rest, old, now) !== undefined;
  const respelt = isGeneral ? restep(comment, old, now)?.replace(func.name, name) : undefined;
  return (
    respelt ?? `// ${name} migrates the state of the module from version ${now.from} to ${now.to}.`
  );
}

function receiverText({ receiver }: Func): string {
  if (!receiver) return '';
  return `(${receiver.name || 'm'} ${receiver.pointer ? '*' : ''}${receiver.type}) `;
}

/** Parameters and result, with a name for the context that the body uses. */
function signatureText(facts: FileFacts, { syntax }: Func): string {
  const parameters = nodeText(facts, childByField(syntax, 'parameters'));
  const result = nodeText(facts, childByField(syntax, 'result'));
  const [first] = handlerParameters(syntax!, facts).list;
  const isUnnamed = first?.name === '_' || first?.name === '';
  const named = isUnnamed ? parameters.replace(/^\((_\s+)?/, '(ctx ') : parameters;
  return result ? `${named} ${result}` : named;
}

/** The call, or a closure with it where the runner makes a handler. */
function runnerBody({ facts, func }: Runner, call: string): string {
  const result = nodeText(facts, childByField(func.syntax, 'result'));
  const makesHandler = /^func\s*\(|MigrationHandler$/.test(result);
  if (!makesHandler) return `\treturn ${call}`;
  return `\treturn func(ctx sdk.Context) error {\n\t\treturn ${call}\n\t}`;
}

/**
 * The call of a migration's function in an older runner,
 * `return v2.MigrateStore(ctx, m.keeper.storeKey, m.keeper.cdc)`, as it is for the new one. Where
 * the older one does something else, the function takes the keeper's store and codec. What is
 * generated takes what it needs.
 */
function migrationLike(
  place: MigrationPlace,
  old: Runner,
  generate: BodyGenerator | undefined,
): CalledMigration {
  const { repo } = place;
  const { facts, func } = old;
  const dir = dirname(facts.path);
  const call = packagedCall(repo, facts, func.syntax!, old.step);
  const receiver = func.receiver && structIn(repo, dir, func.receiver.type);
  const through = func.receiver?.name || 'm';
  if (generate) {
    const access = heldKeeper(repo, receiver, through, place.store);
    return generatedLike(place, generate, access, call && { call, step: old.step });
  }
  const held = receiver && keeperField(repo, receiver);
  const isHome = held && dirname(held.keeper.facts.path) === dir;
  const keeper = isHome ? { struct: held.keeper, holder: `${through}.${held.field}` } : undefined;
  if (call) return packageLike(place, { ...call, step: old.step }, call, keeper);
  const handed = keeper ? argumentsFrom(repo, keeper.struct, keeper.holder, place.store) : [];
  return inOwnLayout(place, handed);
}
