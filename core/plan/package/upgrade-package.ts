import { basename, dirname, join } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { HandlerPlan } from '../handler/handler.ts';
import { renderHandler } from '../handler/handler.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import type { Create } from '../plan.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { SpecAt } from './declarations.ts';
import { nameConstant, nameDeclaration, structDeclaration, variableOf } from './declarations.ts';
import { generalComment } from './doc-comment.ts';
import { packageIdentifier, respell, respellIdentifier } from './naming.ts';
import type { PackageName } from './package-name.ts';
import type { PackageRequest } from './package-request.ts';

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

/** What is copied of the neighbour, and what it is called in the new package. */
interface Copied {
  readonly name: SpecAt | undefined;
  readonly nameIdent: string | undefined;
  readonly struct: SpecAt | undefined;
  /** The neighbour's own handler. */
  readonly maker: HandlerShape | undefined;
  readonly handlerIdent: string | undefined;
  /** The handlers of all neighbours. */
  readonly handlers: readonly HandlerShape[];
  /** The new handler. */
  readonly handler: HandlerPlan;
}

/**
 * Writes the new upgrade's package like its newest neighbour's: same files, same identifiers, same
 * layout. `shared`: several upgrades live in that package, so that it gets a file more.
 */
export function writePackage(
  request: PackageRequest,
  target: PackageName,
  shared: boolean,
): NewPackage {
  const copied = copiedFrom(request, shared);
  const { struct, handler, nameIdent, handlerIdent } = copied;
  return {
    ...target,
    creates: sourceFiles(request, copied).map(facts =>
      newFile(request, target, shared, copied, facts),
    ),
    shape: handler,
    upgrade: struct && renamed(request, struct.spec.name),
    nameConst: nameIdent,
    handler: handlerIdent,
  };
}

/** An identifier of the neighbour in the new package. */
function renamed({ name, neighbours }: PackageRequest, ident: string): string {
  return respellIdentifier({ name: nameOf(neighbours[0]!), text: ident }, name) ?? ident;
}

function copiedFrom(request: PackageRequest, shared: boolean): Copied {
  const { repo, neighbours } = request;
  const neighbour = neighbours[0]!;
  const constant = nameConstant(repo, neighbour.nameExpr);
  const isCopied = constant && dirname(constant.facts.path) === neighbour.package;
  const name = isCopied ? constant : undefined;
  const nameIdent = name && renamed(request, name.spec.name);
  const handlers = neighbours
    .map(registration => registeredHandler(repo, registration))
    .filter(shape => shape !== undefined);
  const maker = registeredHandler(repo, neighbour);
  const isOwn = maker !== undefined && dirname(maker.facts.path) === neighbour.package;
  const makerName = isOwn ? maker.maker?.name : undefined;
  const respelt = makerName === undefined ? undefined : renamed(request, makerName);
  // In a package of several a function that bears no plan's name is there for all of them.
  const handlerIdent = shared && respelt === makerName ? undefined : respelt;
  const handler = renderHandler(repo, {
    name: request.name,
    shapes: handlers,
    signature: maker,
    ident: handlerIdent,
    parameters: request.parameters,
    inReach: new Set(nameIdent ? [nameIdent] : []),
  });
  const struct = neighbour.struct && variableOf(neighbour.struct.expr);
  return { name, nameIdent, struct, maker, handlerIdent, handlers, handler };
}

/** The neighbour's files that hold its name, its struct or its handler's constructor. */
function sourceFiles({ neighbours }: PackageRequest, copied: Copied): FileFacts[] {
  const { name, struct, handlerIdent, maker } = copied;
  const holding = [name?.facts, struct?.facts, handlerIdent ? maker?.facts : undefined];
  const own = holding
    .filter(facts => facts !== undefined)
    .filter(({ path }) => dirname(path) === neighbours[0]!.package);
  return [...new Set(own)];
}

/** The new upgrade's file for one of the neighbour's. */
function newFile(
  request: PackageRequest,
  target: PackageName,
  shared: boolean,
  copied: Copied,
  facts: FileFacts,
): Create {
  const { repo, stores } = request;
  const path = join(target.dir, fileName(request, shared, basename(facts.path)));
  const pieces = piecesOf(request, shared, copied, facts).sort((a, b) => a.start - b.start);
  const text = assemble(repo, {
    path,
    header: headerOf(facts),
    packageClause: clauseLine(facts, shared ? facts.package : target.name),
    body: pieces.map(piece => piece.text).join('\n\n'),
    like: facts,
    imports: new Map([...copied.handler.imports, ...(stores?.imports ?? [])]),
  });
  return { file: path, text };
}

function fileName({ name, neighbours }: PackageRequest, shared: boolean, file: string): string {
  const respelt = respell({ name: nameOf(neighbours[0]!), text: file }, name);
  // In a package of its own the file may be called like the neighbour's.
  return respelt ?? (shared ? `${packageIdentifier(name)}.go` : file);
}

/** A declaration of the new file, and where the neighbour's file has the one it is made from. */
interface Piece {
  readonly start: number;
  readonly text: string;
}

function piecesOf(
  request: PackageRequest,
  shared: boolean,
  copied: Copied,
  facts: FileFacts,
): Piece[] {
  const { name, nameIdent, struct, maker, handler, handlerIdent } = copied;
  const pieces: Piece[] = [];
  if (name?.facts === facts)
    pieces.push({
      start: name.spec.declaration.start,
      text: nameDeclaration(name, nameIdent!, request, shared),
    });
  if (struct?.facts === facts)
    pieces.push({
      start: struct.spec.declaration.start,
      text: structDeclaration(request, struct, {
        ident: renamed(request, struct.spec.name),
        nameIdent,
        handlerIdent,
        handler,
      }),
    });
  if (handlerIdent && maker?.facts === facts)
    pieces.push({
      start: maker.maker!.node.start,
      text: handlerComment(request, copied) + handler.text,
    });
  return pieces;
}

/** The comment above the handler's constructor, with a line end; `''` for none. */
function handlerComment(request: PackageRequest, copied: Copied): string {
  const { name, neighbours } = request;
  const { node, name: oldIdent } = copied.maker!.maker!;
  const { text } = copied.maker!.facts;
  const others = copied.handlers
    .slice(1)
    .flatMap(({ maker, facts, upgrade }) =>
      maker ? [{ name: upgrade, text: commentAbove(facts.text, maker.node.start) }] : [],
    );
  const comment = generalComment(
    commentAbove(text, node.start),
    nameOf(neighbours[0]!),
    name,
    others,
  );
  return comment === '' ? '' : `${comment.replaceAll(oldIdent!, copied.handlerIdent!)}\n`;
}

/**
 * What is above a package clause and belongs to every file of the chain: licence, build and
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
