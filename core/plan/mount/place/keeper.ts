import type { AppField } from '../../../chain/app/app-fields.ts';
import type { KeeperConstruction } from '../../../chain/app/keepers.ts';
import { keeperConstructions, keeperFields } from '../../../chain/app/keepers.ts';
import { fieldLine, insertAligned } from '../../../edit/aligned-line.ts';
import { lineEnd } from '../../../go/edit/edit.ts';
import { statementAround } from '../../../go/edit/repairs.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import { importedPackage } from '../../../go/eval/imported.ts';
import { exprAt } from '../../../go/eval/value.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { calledNames, childByField, namedChildren } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import { fieldName, wantedField } from '../keeper-argument.ts';
import type { Constructor } from '../module.ts';
import { needOf } from '../needs.ts';
import type { Code, Scope } from '../scope.ts';
import { qualified, scopeIn } from '../scope.ts';
import { isOfRepository } from './neighbour.ts';

/** Where a keeper is to be made: behind a statement of the function that makes the others. */
export interface KeeperPlace {
  readonly facts: FileFacts;
  readonly after: SyntaxNode;
  readonly scope: Scope;
  readonly owner: string;
  /** The constructor of the neighbour, whose layout is followed. */
  readonly model: KeeperConstruction;
}

/** Finds the place for a keeper: behind the last one it needs, and behind the last of the chain's own. */
export function keeperPlace(job: MountJob, maker: Constructor): KeeperPlace {
  const { repo, app } = job;
  const made = keeperConstructions(repo, app.dir, app.type).filter(one => !one.injected);
  const here = sameFunction(made);
  const model = here.filter(({ call }) => isOfRepository(repo, call)).at(-1) ?? here.at(-1);
  if (!model)
    throw new Refusal('this app makes its keepers in no function that can be added to', {
      file: app.dir,
    });
  const needed = maker.parameters
    .filter(parameter => needOf(parameter)?.kind === 'keeper')
    .flatMap(parameter => wantedField(repo, app, parameter) ?? []);
  const before = here.filter(one => one === model || needed.includes(one.field));
  const last = before.sort((a, b) => endOf(a) - endOf(b)).at(-1)!;
  const after = lastOfGroup(last);
  const { facts } = model.call;
  const fn = functionOf(after);
  const scope = scopeIn(repo, app, { facts, fn, until: after.end });
  return {
    facts,
    after,
    scope: { ...scope, owner: scope.owner ?? model.owner },
    owner: model.owner,
    model,
  };
}

function endOf(made: KeeperConstruction): number {
  return statementAround(made.statement.node).end;
}

/** The constructions of the function that makes most of them, in the order of the source. */
function sameFunction(made: readonly KeeperConstruction[]): KeeperConstruction[] {
  const functions = new Map<unknown, KeeperConstruction[]>();
  for (const one of made) {
    const inBody =
      statementAround(one.statement.node).parent ===
      childByField(functionOf(one.statement.node), 'body');
    if (!inBody) continue;
    const known = functions.get(one.func);
    if (known) known.push(one);
    else functions.set(one.func, [one]);
  }
  const [most = []] = [...functions.values()].sort((a, b) => b.length - a.length);
  return most.sort((a, b) => endOf(a) - endOf(b));
}

function functionOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent) at = at.parent;
  return at;
}

const managers = ['NewManager', 'NewManagerFromMap', 'RegisterModules'];

/**
 * The last of the statements that belong to a construction: those directly below it, without a blank
 * line, that speak of the same keeper.
 */
function lastOfGroup({ statement, field }: KeeperConstruction): SyntaxNode {
  const { text } = statement.facts;
  let last = statementAround(statement.node);
  const siblings = namedChildren(last.parent);
  for (const next of siblings.slice(siblings.indexOf(last) + 1)) {
    const between = text.slice(last.end, next.start);
    if (/\n\s*\n/.test(between) && !wraps(next, field, text)) break;
    if (!text.slice(next.start, next.end).includes(`.${field.name}`)) break;
    // A module that is made from the new keeper has to come behind it.
    const called = calledNames(next, text);
    if (managers.some(name => called.has(name))) break;
    last = next;
  }
  return last;
}

/** Whether a statement sets the keeper's field once more, such as `app.X = app.X.SetHooks(…)`. */
function wraps(statement: SyntaxNode, { name }: AppField, text: string): boolean {
  const left = childByField(statement, 'left');
  return (
    statement.type === 'assignment_statement' &&
    text.slice(left!.start, left!.end).endsWith(`.${name}`)
  );
}

/** Whether the chain's own keepers are held by pointer although they are made by value. */
export function isHeldByPointer(job: MountJob, { result }: Constructor): boolean {
  if (result.pointer) return true;
  const { repo, app } = job;
  const own = keeperConstructions(repo, app.dir, app.type).filter(
    one => !one.injected && isOfRepository(repo, one.call) && makesValue(job, one),
  );
  const pointers = own.filter(({ field }) => field.ref!.pointer);
  return pointers.length > own.length / 2;
}

function makesValue({ repo }: MountJob, { call }: KeeperConstruction): boolean {
  const { callee } = goNode(call);
  const imported = callee && importedPackage(repo, callee);
  const found = imported?.dir === undefined ? undefined : repo.func(imported.dir, callee!.name);
  const result = found && childByField(repo.syntaxOf(found), 'result');
  return result?.type !== 'pointer_type';
}

/** Adds the field that holds the keeper beside those of the chain's own keepers. */
export function addKeeperField(
  job: MountJob,
  { field }: Pick<KeeperConstruction, 'field'>,
  maker: Constructor,
): void {
  const { repo, app, changes } = job;
  const fields = keeperFields(repo, app.dir, app.type).filter(
    one => one.facts === field.facts && one.holder.name === field.holder.name,
  );
  const own = fields.filter(
    one => one.package !== undefined && repo.dirOf(one.package) !== undefined,
  );
  const neighbour = own.at(-1) ?? fields.at(-1) ?? field;
  const { facts, node } = neighbour;
  const type = qualified(repo, app, facts, maker.result.path!, maker.result.name);
  importAll(job, facts, type.imports);
  const star = isHeldByPointer(job, maker) ? '*' : '';
  insertAligned(changes, facts, node, [`${fieldName(maker)} ${star}${type.text}`], fieldLine);
}

/** Writes the statement that makes the keeper, laid out as its neighbour is. */
export function addKeeper(
  job: MountJob,
  { facts, after, owner, model }: KeeperPlace,
  maker: Constructor,
  given: Given,
): void {
  const { text, imports } = keeperCall(job, facts, owner, maker, given, model);
  importAll(job, facts, imports);
  const lines = text
    .split('\n')
    .map(line => (line === '' ? '' : `\t${line}`))
    .join('\n');
  const end = lineEnd(facts.text, after.end);
  const gap = isPacked(model) ? '' : '\n';
  job.changes.edit(facts.path, end, end, `${gap}${lines}\n`);
}

/** What a constructor is given, with the imports of that. */
interface Given {
  readonly texts: readonly string[];
  readonly imports: Code['imports'];
}

/** The statement that makes the keeper, at column 0; two where it is held by pointer. */
export function keeperCall(
  job: MountJob,
  facts: FileFacts,
  owner: string,
  maker: Constructor,
  given: Given,
  model?: KeeperConstruction,
): Code {
  const { repo, app } = job;
  const called = qualified(repo, app, facts, maker.path, maker.name);
  const name = fieldName(maker);
  const target = `${owner}.${name}`;
  const call = callText(called.text, given.texts, model);
  const local = name[0]!.toLowerCase() + name.slice(1);
  const text =
    isHeldByPointer(job, maker) && !maker.result.pointer
      ? `${local} := ${call}\n${target} = &${local}`
      : `${target} = ${call}`;
  return { text, imports: [...called.imports, ...given.imports] };
}

const widest = 100;

/** A call on one line, or with one argument a line where the neighbour has them so or it is long. */
function callText(
  callee: string,
  given: readonly string[],
  model: KeeperConstruction | undefined,
): string {
  const [first, second] = model ? goNode(model.call).arguments : [];
  const isListed =
    first !== undefined &&
    second !== undefined &&
    first.facts.text.slice(first.node.end, second.node.start).includes('\n');
  const line = `${callee}(${given.join(', ')})`;
  if (given.length === 0 || (!isListed && line.length < widest - 24)) return line;
  return `${callee}(\n${given.map(one => `\t${one},\n`).join('')})`;
}

/** Whether the neighbour follows another construction without a blank line. */
function isPacked({ statement }: KeeperConstruction): boolean {
  const node = statementAround(statement.node);
  const { text } = statement.facts;
  const siblings = namedChildren(node.parent);
  const before = siblings[siblings.indexOf(node) - 1];
  if (!before || !/New\w*\(/.test(text.slice(before.start, before.end))) return false;
  return !/\n\s*\n/.test(text.slice(before.end, node.start));
}

/** The expression for the new keeper where modules are made. */
export function reachedAs(scope: Scope, maker: Constructor): string | undefined {
  return scope.owner === undefined ? undefined : `${scope.owner}.${fieldName(maker)}`;
}

/** The node of a construction as an expression, for what is said of it. */
export function constructionAt({ call }: KeeperConstruction): string {
  return exprAt(call, call.node).facts.path;
}
