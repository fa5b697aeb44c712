import { basename, dirname, join } from '../../files.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { assemble } from '../../go/edit/go-file.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { commentAbove } from '../package/doc-comment.ts';
import type { Create } from '../plan.ts';
import type { BodyGenerator, KeeperAccess } from './generated-body.ts';
import { generatedPackage, heldKeeper } from './generated-body.ts';
import type { MigrationArgument } from './keeper.ts';
import { argumentsFrom, structIn } from './keeper.ts';
import type { MigrationPackage } from './package.ts';
import { interfacesFor, packageDir } from './package.ts';
import { importsUsed } from '../go-tree.ts';
import type { VersionStep } from './step.ts';
import { restep } from './step.ts';

/** A function or method of the chain that runs one step, found behind a registration. */
export interface Runner {
  readonly facts: FileFacts;
  readonly func: Func;
  readonly step: VersionStep;
}

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
    const found = repo
      .functions(dir, name)
      .find(({ func }) => func.syntax && childByField(func.syntax, 'parameters'));
    if (found) return { ...found, step };
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
  repo: Repo,
  changes: EditBatch,
  root: string,
  old: Runner,
  now: VersionStep,
  ready?: BodyGenerator,
): NextRunner {
  const { facts, func } = old;
  const { text, path } = facts;
  const name = restep(func.name, old.step, now) ?? `Migrate${now.from}to${now.to}`;
  if (repo.functions(dirname(path), name).some(f => f.func.receiver?.type === func.receiver?.type))
    throw new Refusal(`${name} exists already in ${path}; register it, or remove it`, {
      file: path,
    });
  const list = childByField(func.syntax, 'parameters')!;
  const result = childByField(func.syntax, 'result');
  const made = migrationLike(repo, root, old, now, ready);
  const call = importCall(repo, changes, facts, made);
  const signature = `${text.slice(list.start, list.end)}${result ? ` ${text.slice(result.start, result.end)}` : ''}`;
  const receiver = func.receiver
    ? `(${func.receiver.name || 'm'} ${func.receiver.pointer ? '*' : ''}${func.receiver.type}) `
    : '';
  const body = bodyOf(func, text, call);
  // A comment that names the step beside the function's name says no more than that; others tell
  // what the old one did.
  const said = commentAbove(text, func.start);
  const general =
    !said.includes('\n') && restep(said.replaceAll(func.name, ''), old.step, now) !== undefined;
  const comment = general ? restep(said, old.step, now)?.replace(func.name, name) : undefined;
  const above =
    comment ?? `// ${name} migrates the state of the module from version ${now.from} to ${now.to}.`;
  const at = lineEnd(text, func.end);
  changes.edit(
    path,
    at,
    at,
    `${text[at - 1] === '\n' ? '' : '\n'}\n${above}\nfunc ${receiver}${name}${named(signature, func, text)} {\n${body}\n}\n`,
  );
  return { name, made: made.made };
}

/** The signature with the names that the body uses. */
function named(signature: string, func: Func, text: string): string {
  const [first] = handlerParameters(func.syntax!, { text } as FileFacts).list;
  return first && (first.name === '_' || first.name === '')
    ? signature.replace(/^\((_\s+)?/, '(ctx ')
    : signature;
}

function bodyOf(func: Func, text: string, call: string): string {
  const makes = /^func\s*\(|MigrationHandler$/.test(resultText(func, text));
  const inner = `return ${call}`;
  return makes ? `\treturn func(ctx sdk.Context) error {\n\t\t${inner}\n\t}` : `\t${inner}`;
}

function resultText(func: Func, text: string): string {
  const result = childByField(func.syntax, 'result');
  return result ? text.slice(result.start, result.end) : '';
}

/** A migration's package and how its function is called from a file. */
export interface Called {
  readonly made: MigrationPackage;
  readonly qualifier: string;
  readonly alias: string | undefined;
  readonly given: string;
}

/**
 * The call of a migration's function in an older runner,
 * `return v2.MigrateStore(ctx, m.keeper.storeKey, m.keeper.cdc)`, as it is for the new one. Where
 * the older one does something else, the function takes the keeper's store and codec. What is
 * written outright takes what it needs.
 */
function migrationLike(
  repo: Repo,
  root: string,
  old: Runner,
  now: VersionStep,
  ready: BodyGenerator | undefined,
): Called {
  const { facts, func } = old;
  const call = packagedCall(repo, { facts, syntax: func.syntax!, step: old.step });
  const receiver = func.receiver && structIn(repo, dirname(facts.path), func.receiver.type);
  const through = func.receiver?.name || 'm';
  if (ready)
    return readyLike(repo, root, now, ready, heldKeeper(repo, receiver, through), call, old.step);
  if (call)
    return {
      ...packageLike(
        repo,
        root,
        { facts: call.facts, func: call.func, step: old.step },
        now,
        call.qualifier,
      ),
      given: call.given,
    };
  const holder = receiver?.fields.find(f => /(^|[.*])Keeper$/.test(f.type));
  const keeper = holder && structIn(repo, dirname(facts.path), 'Keeper');
  return withoutComments(
    root,
    now,
    keeper ? argumentsFrom(repo, keeper, `${through}.${holder.name}`) : [],
  );
}

/**
 * The same for a migration that is written outright: the older one's place and name, and what the
 * body needs.
 */
export function readyLike(
  repo: Repo,
  root: string,
  now: VersionStep,
  ready: BodyGenerator,
  holder: KeeperAccess | undefined,
  call?: PackagedCall,
  old?: VersionStep,
): Called {
  const { made, given } = generatedPackage(
    repo,
    root,
    now,
    ready,
    holder,
    call && old && { dir: dirname(call.facts.path), func: call.func.name, step: old },
  );
  return {
    made,
    given,
    qualifier: call?.qualifier ?? made.name,
    alias: call && old && restep(call.qualifier, old, now),
  };
}

/** A migration's package like an older one's, whose function takes the same. */
export function packageLike(
  repo: Repo,
  root: string,
  old: Runner,
  now: VersionStep,
  qualifier: string,
): Called {
  const { facts, func } = old;
  const dir = packageDir(root, dirname(facts.path), old.step, now);
  const text = handlerParameters(repo.syntaxOf(old)!, facts)
    .list.map(p => p.text)
    .join(', ');
  const types = interfacesFor(repo, dirname(facts.path), text);
  if (!types)
    throw new Refusal(
      `${func.name} takes a type of its own package, ${dirname(facts.path)}, so it cannot be followed; write the migration by hand`,
      { file: facts.path },
    );
  return {
    made: {
      dir,
      name: basename(dir).replace(/\W/g, ''),
      func: restep(func.name, old.step, now) ?? func.name,
      parameters: text,
      imports: [...importsUsed(repo, facts, text), ...types.imports],
      like: facts,
      ...(types.text && { types: types.text }),
    },
    qualifier,
    alias: restep(qualifier, old.step, now),
    given: '',
  };
}

/** A migration of our own layout, given what there is. */
export function withoutComments(
  root: string,
  now: VersionStep,
  handed: readonly MigrationArgument[],
): Called {
  return {
    made: {
      dir: join(root, 'migrations', `v${now.to}`),
      name: `v${now.to}`,
      func: 'MigrateStore',
      like: undefined,
      parameters: ['ctx sdk.Context', ...handed.map(h => `${h.name} ${h.type}`)].join(', '),
      imports: [
        { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' },
        ...handed.flatMap(h => h.import ?? []),
      ],
    },
    qualifier: `v${now.to}`,
    alias: undefined,
    given: ['ctx', ...handed.map(h => h.given)].join(', '),
  };
}

/** The same for a handler that is written as a closure where it is registered. */
export function closureLike(
  repo: Repo,
  root: string,
  facts: FileFacts,
  closure: SyntaxNode,
  old: VersionStep,
  now: VersionStep,
  ready?: BodyGenerator,
): Called {
  const call = packagedCall(repo, { facts, syntax: closure, step: old });
  if (ready)
    return readyLike(repo, root, now, ready, holderAround(repo, facts, closure), call, old);
  return call
    ? {
        ...packageLike(
          repo,
          root,
          { facts: call.facts, func: call.func, step: old },
          now,
          call.qualifier,
        ),
        given: call.given,
      }
    : withoutComments(root, now, []);
}

/** The keeper that the method around a piece of code has by its receiver. */
export function holderAround(
  repo: Repo,
  facts: FileFacts,
  { start, end }: SyntaxNode,
): KeeperAccess | undefined {
  const receiver = facts.funcs.find(f => f.start <= start && end <= f.end)?.receiver;
  return receiver && receiver.name !== '' && receiver.name !== '_'
    ? heldKeeper(repo, structIn(repo, dirname(facts.path), receiver.type), receiver.name)
    : undefined;
}

interface PackagedCall {
  readonly facts: FileFacts;
  readonly func: Func;
  readonly qualifier: string;
  readonly given: string;
}

/** The one call of another package's function that a runner returns. */
function packagedCall(
  repo: Repo,
  {
    facts,
    syntax,
    step,
  }: { readonly facts: FileFacts; readonly syntax: SyntaxNode; readonly step: VersionStep },
): PackagedCall | undefined {
  for (const statement of findAll(syntax, 'return_statement')) {
    const node = namedChildren(namedChildren(statement)[0])[0];
    const call: SyntaxNode | undefined = node && withoutParens(node);
    const callee = call?.type === 'call_expression' ? childByField(call, 'function') : undefined;
    if (
      callee?.type !== 'selector_expression' ||
      childByField(callee, 'operand')?.type !== 'identifier'
    )
      continue;
    const qualifier = textOf({ facts, node: childByField(callee, 'operand')! });
    const fn = functionOf(
      repo,
      facts,
      qualifier,
      textOf({ facts, node: childByField(callee, 'field')! }),
    );
    const dir = fn && dirname(fn.facts.path);
    if (
      !fn ||
      dir === undefined ||
      dir === dirname(facts.path) ||
      !/(^|\/)migrations?\/|v\d+$/.test(dir) ||
      !new RegExp(`(?<![0-9])${step.to}(?![0-9])`).test(basename(dir))
    )
      continue;
    const list = childByField(call, 'arguments')!;
    const given = facts.text
      .slice(list.start + 1, list.end - 1)
      .trim()
      .replace(/,$/, '');
    // What a local holds is not there in the new one.
    const locals = findAll(syntax, 'short_var_declaration').flatMap(n =>
      namedChildren(childByField(n, 'left')).map(l => textOf({ facts, node: l })),
    );
    if (given.includes('\n') || locals.some(l => new RegExp(`\\b${l}\\b`).test(given))) continue;
    return { ...fn, qualifier, given };
  }
  return undefined;
}

/** A function of another package as a file calls it, however long its body is. */
function functionOf(
  repo: Repo,
  facts: FileFacts,
  qualifier: string,
  name: string,
): { readonly facts: FileFacts; readonly func: Func } | undefined {
  const path = repo.importFor(facts, qualifier);
  const dir = path === undefined ? undefined : repo.dirOf(path, dirname(facts.path));
  return dir === undefined ? undefined : repo.func(dir, name);
}

/** Imports the migration's package into a file; returns the call of its function there. */
export function importCall(
  repo: Repo,
  changes: EditBatch,
  facts: FileFacts,
  { made, qualifier, alias, given }: Called,
): string {
  const path = `${repo.importPath(dirname(made.dir)) ?? `${repo.importPath(dirname(dirname(made.dir)))}/${basename(dirname(made.dir))}`}/${basename(made.dir)}`;
  const own = facts.imports
    .flatMap(b => b.imports)
    .find(i => qualifierOf(repo, dirname(facts.path), i) === qualifier);
  const wanted = freeImport(repo, facts, {
    path,
    alias:
      alias && own?.alias !== undefined
        ? alias
        : alias && alias !== made.name
          ? alias
          : own && own.alias === undefined
            ? undefined
            : made.name,
  });
  changes.import(facts.path, wanted);
  return `${wanted.alias ?? made.name}.${made.func}(${given})`;
}

/** The file of a migrator for a keeper that has none, with the method for one step. */
export function newMigrator(
  repo: Repo,
  dir: string,
  keeper: string,
  step: VersionStep,
  call: Called,
): Create {
  const path = join(dir, 'migrations.go');
  if (repo.texts.has(path))
    throw new Refusal(
      `${path} exists already and declares no Migrator; write the migration by hand`,
      { file: path },
    );
  const method = `// Migrate${step.from}to${step.to} migrates the state of the module from version ${step.from} to ${step.to}.\nfunc (m Migrator) Migrate${step.from}to${step.to}(ctx sdk.Context) error {\n\treturn ${call.qualifier}.${call.made.func}(${call.given})\n}`;
  const { holds } = call.made;
  const kept = holds ? [[qualifierOf(repo, dir, holds.import), holds.import] as const] : [];
  const importPath = `${repo.importPath(dirname(dirname(call.made.dir)))}/migrations/${basename(call.made.dir)}`;
  return {
    file: path,
    text: assemble(repo, {
      path,
      header: '',
      packageClause: `package ${repo.filesOf(dir)[0]!.package}`,
      body: `${render('migration/migrator.go', { keeper, holds: holds ?? '' }).trimEnd()}\n\n${method}`,
      imports: new Map([
        ['sdk', { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' }],
        [call.qualifier, { path: importPath, alias: call.qualifier }],
        ...kept,
      ]),
    }),
  };
}
