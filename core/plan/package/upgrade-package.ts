import { isStoreUpgrades } from '../../chain/app/upgrades.ts';
import { basename, dirname, join } from '../../files.ts';
import { indentRest, lineEnd } from '../../go/edit/edit.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, fieldsOf, resolve, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import { childByField, quote, withoutAddressOf, withoutParens } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerPlan } from '../handler/handler.ts';
import { renderHandler } from '../handler/handler.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerShape } from '../handler/handler-shape.ts';
import type { Create } from '../plan.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { commentAbove, generalComment } from './doc-comment.ts';
import type { Named } from './naming.ts';
import { packageIdentifier, respell, respellIdentifier } from './naming.ts';

/** Where a new upgrade's package goes and how it is called. */
export interface PackageName {
  readonly dir: string;
  readonly name: string;
}

/** What the app's wiring needs to know about the package. */
export interface NewPackage extends PackageName {
  readonly creates: readonly Create[];
  /**
   * The identifiers it exports: the upgrade's struct, the name constant, the handler's constructor.
   */
  readonly upgrade: string | undefined;
  readonly nameConst: string | undefined;
  readonly handler: string | undefined;
  /** The handler, for those who call its constructor. */
  readonly shape: HandlerPlan | undefined;
}

export interface PackageRequest {
  readonly repo: Repo;
  readonly name: string;
  /** Newest first; the first is the neighbour that is followed. */
  readonly like: readonly Registration[];
  /**
   * The StoreUpgrades value for the struct; undefined leaves the field as a neighbour without
   * stores has it.
   */
  readonly stores:
    | { readonly text: string; readonly imports: ReadonlyMap<string, ImportSpec> }
    | undefined;
  /** Compact JSON for the UpgradeInfo constant. */
  readonly info: string | undefined;
  /**
   * How many parameters of the constructor are kept: all where a struct's type demands it, or only
   * what the body uses.
   */
  readonly parameters: 'all' | 'used';
}

/** Folder and package clause of the new upgrade, spelt like the neighbour's. */
export function packageName(repo: Repo, name: string, like: readonly Registration[]): PackageName {
  const [neighbour, ...rest] = like;
  const folder = basename(neighbour!.package);
  const clause = clauseOf(repo, neighbour!.package);
  const others = (text: (r: Registration) => string): Named[] =>
    rest.map(r => ({ name: nameOf(r), text: text(r) }));
  const newFolder =
    respell(
      { name: nameOf(neighbour!), text: folder },
      name,
      others(r => basename(r.package)),
    ) ??
    rest
      .map(r => respell({ name: nameOf(r), text: basename(r.package) }, name))
      .find(f => f !== undefined) ??
    packageIdentifier(name);
  const newClause =
    respell(
      { name: nameOf(neighbour!), text: clause },
      name,
      others(r => clauseOf(repo, r.package)),
    ) ??
    rest
      .map(r => respell({ name: nameOf(r), text: clauseOf(repo, r.package) }, name))
      .find(c => c !== undefined) ??
    packageIdentifier(newFolder);
  return { dir: join(dirname(neighbour!.package), newFolder), name: packageIdentifier(newClause) };
}

/**
 * An import whose folder is not the package's name, or looks like a major version (`…/v2`, where
 * goimports writes one too), gets the package's name as alias; `bare` where the neighbour's has
 * none.
 */
export function needsAlias(
  target: { dir: string; name: string },
  bare = false,
): string | undefined {
  return basename(target.dir) === target.name && (bare || !/^v\d+$/.test(target.name))
    ? undefined
    : target.name;
}

function clauseOf(repo: Repo, dir: string): string {
  return repo.filesOf(dir)[0]?.package ?? basename(dir);
}

/**
 * Writes the new upgrade's package after its newest neighbour: same files, same identifiers, same
 * layout.
 */
export function writePackage(
  request: PackageRequest,
  target: PackageName,
  shared: boolean,
): NewPackage {
  const { repo, name, like } = request;
  const neighbour = like[0]!;
  const old = nameOf(neighbour);
  const rename = (ident: string) => respellIdentifier({ name: old, text: ident }, name) ?? ident;
  const struct = neighbour.struct && declarationOf(neighbour.struct.expr);
  const nameSpec = nameConstant(repo, neighbour.nameExpr);
  const handlers = like
    .map(r => r.handler && handlerShape(repo, r.handler, nameOf(r)))
    .filter((h): h is HandlerShape => h !== undefined);
  const maker = neighbour.handler && handlerShape(repo, neighbour.handler, old);
  const nameIdent = nameSpec && rename(nameSpec.spec.name);
  const handlerIdent =
    maker?.maker?.name && dirname(maker.facts.path) === neighbour.package
      ? rename(maker.maker.name)
      : undefined;
  const handler = renderHandler(repo, {
    name,
    shapes: handlers,
    signature: maker,
    ident: handlerIdent,
    parameters: request.parameters,
    inReach: new Set(nameIdent ? [nameIdent] : []),
  });
  const files = new Map<string, FileFacts>();
  for (const facts of [nameSpec?.facts, struct?.facts, handlerIdent ? maker?.facts : undefined])
    if (facts && dirname(facts.path) === neighbour.package) files.set(facts.path, facts);
  const creates: Create[] = [];
  for (const facts of files.values()) {
    const pieces: { at: number; text: string }[] = [];
    if (nameSpec?.facts === facts)
      pieces.push({
        at: nameSpec.spec.declaration.start,
        text: nameDeclaration(facts, nameSpec.spec, nameIdent!, old, request, shared),
      });
    if (struct?.facts === facts)
      pieces.push({
        at: struct.spec.declaration.start,
        text: structDeclaration(request, struct, rename, nameIdent, handlerIdent, handler),
      });
    if (handlerIdent && maker?.facts === facts) {
      const others = handlers
        .slice(1)
        .flatMap(h =>
          h.maker
            ? [{ name: h.upgrade, text: commentAbove(h.facts.text, h.maker.node.start) }]
            : [],
        );
      const above = generalComment(
        commentAbove(facts.text, maker.maker!.node.start),
        old,
        name,
        others,
      );
      const said =
        above && handlerIdent !== maker.maker!.name
          ? above.replaceAll(maker.maker!.name!, handlerIdent)
          : above;
      pieces.push({ at: maker.maker!.node.start, text: (said ? `${said}\n` : '') + handler.text });
    }
    const file = basename(facts.path);
    const path = join(
      target.dir,
      shared
        ? (respell({ name: old, text: file }, name) ?? `${packageIdentifier(name)}.go`)
        : (respell({ name: old, text: file }, name) ?? file),
    );
    creates.push({
      file: path,
      text: assemble(repo, {
        path,
        header: headerOf(facts),
        packageClause: clauseLine(facts, shared ? facts.package : target.name),
        body: pieces
          .sort((a, b) => a.at - b.at)
          .map(p => p.text)
          .join('\n\n'),
        like: facts,
        imports: new Map([...handler.imports, ...(request.stores?.imports ?? [])]),
      }),
    });
  }
  return {
    ...target,
    creates,
    shape: handler,
    upgrade: struct && rename(struct.spec.name),
    nameConst: nameIdent,
    handler: handlerIdent,
  };
}

interface SpecAt {
  readonly facts: FileFacts;
  readonly spec: ValueSpec;
}

/** The variable whose value a literal is. */
function declarationOf(literal: Expr): SpecAt | undefined {
  for (const spec of literal.facts.vars) {
    if (spec.value && spec.value.start <= literal.node.start && literal.node.end <= spec.value.end)
      return { facts: literal.facts, spec };
  }
  return undefined;
}

/** The constant behind a name, where it is one of the upgrade's own package. */
export function nameConstant(repo: Repo, expr: Expr): SpecAt | undefined {
  const node = withoutParens(expr.node);
  if (node.type !== 'identifier' && node.type !== 'selector_expression') return undefined;
  const ident =
    node.type === 'identifier'
      ? textOf(exprAt(expr, node))
      : textOf(exprAt(expr, childByField(node, 'field')!));
  const target = resolve(repo, exprAt(expr, node));
  if (!('expr' in target)) return undefined;
  const { facts } = target.expr;
  const spec = [...facts.consts, ...facts.vars].find(
    s => s.name === ident && s.value !== undefined && s.value.start === target.expr.node.start,
  );
  return spec && { facts, spec };
}

/** The name's declaration, and UpgradeInfo beside it where there is one to write. */
function nameDeclaration(
  facts: FileFacts,
  spec: ValueSpec,
  ident: string,
  old: string,
  request: PackageRequest,
  shared: boolean,
): string {
  const keyword = facts.consts.includes(spec) ? 'const' : 'var';
  const above = generalComment(
    commentAbove(facts.text, spec.declaration.grouped ? spec.start : spec.declaration.start),
    old,
    request.name,
  );
  const comment = above.replaceAll(spec.name, ident);
  // Several upgrades in one package need an identifier each.
  const infoIdent = shared ? `${ident.replace(/Name$/, '')}Info` : 'UpgradeInfo';
  const info = request.info === undefined ? undefined : `${infoIdent} = \`${request.info}\``;
  const infoComment = `// ${infoIdent} tells cosmovisor where to download the binaries.`;
  if (spec.declaration.grouped) {
    const lines = [
      ...(comment ? [comment] : []),
      `${ident} = ${quote(request.name)}`,
      ...(info ? [...(comment ? [''] : []), infoComment, info] : []),
    ];
    return `${keyword} (\n\t${indentRest(lines.join('\n'), '\t')}\n)`;
  }
  return [
    `${comment ? `${comment}\n` : ''}${keyword} ${ident} = ${quote(request.name)}`,
    ...(info ? [`${infoComment}\nconst ${info}`] : []),
  ].join('\n\n');
}

function structDeclaration(
  request: PackageRequest,
  struct: SpecAt,
  rename: (ident: string) => string,
  nameIdent: string | undefined,
  handlerIdent: string | undefined,
  handler: HandlerPlan,
): string {
  const { repo, name, like } = request;
  const neighbour = like[0]!;
  const { facts, spec } = struct;
  const fields: { key: string; value: string }[] = [];
  let storesSeen = false;
  for (const field of fieldsOf(neighbour.struct!)) {
    const value = textOf(field.value).replaceAll('\r\n', '\n');
    if (field.name === neighbour.list!.nameField)
      fields.push({ key: field.name, value: nameIdent ?? quote(name) });
    else if (field.name === neighbour.list!.handlerField) {
      const literal = field.value.node.type === 'func_literal';
      fields.push({
        key: field.name,
        value: literal ? indentRest(handler.text, '\t') : (handlerIdent ?? value),
      });
    } else if (isStoreUpgrades(repo, field.value)) {
      storesSeen = true;
      const literal = withoutAddressOf(field.value.node);
      const pointer = field.value.node.type === 'unary_expression' ? '&' : '';
      const type = textOf(exprAt(field.value, childByField(literal, 'type') ?? literal));
      fields.push({
        key: field.name,
        value:
          request.stores?.text ??
          `${pointer}${/^[\w.]+$/.test(type) ? type : 'storetypes.StoreUpgrades'}{}`,
      });
    }
  }
  if (!storesSeen && request.stores)
    fields.push({ key: 'StoreUpgrades', value: request.stores.text });
  const type = neighbour.struct!.type
    ? textOf({ facts, node: neighbour.struct!.type })
    : 'upgrades.Upgrade';
  const prefix =
    spec.value && facts.text.slice(spec.value.start, spec.value.start + 1) === '&' ? '&' : '';
  const above = generalComment(
    commentAbove(facts.text, spec.declaration.start),
    nameOf(neighbour),
    name,
  );
  const comment = above?.replaceAll(spec.name, rename(spec.name));
  return `${comment ? `${comment}\n` : ''}var ${rename(spec.name)} = ${prefix}${type}{\n${keyedFields(fields, '\t')}\n}`;
}

/**
 * What stands above a package clause that belongs to every file of the chain: licence, build and
 * lint directives.
 */
function headerOf(facts: FileFacts): string {
  const clause = facts.text.lastIndexOf('package', facts.packageEnd);
  const head = facts.text
    .slice(0, clause)
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
  return /SPDX|copyright|licen[sc]e|go:build|nolint/i.test(head) ? head : '';
}

/** The package clause with a lint directive that follows it on its line. */
function clauseLine(facts: FileFacts, name: string): string {
  const rest = facts.text.slice(facts.packageEnd, lineEnd(facts.text, facts.packageEnd)).trimEnd();
  return `package ${name}${/^\s*\/\/\s*nolint/.test(rest) ? rest : ''}`;
}
