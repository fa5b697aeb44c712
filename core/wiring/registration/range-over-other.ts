import { dirname } from '../../files.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, fieldLike, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import {
  childByField,
  findAll,
  namedChildren,
  rangeClause,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import type { Registration, Site, StyleCode } from '../style.ts';
import type { EmbeddedNames } from './embedded-names.ts';
import { embeddedNames, namesOfLoop } from './embedded-names.ts';
import type { ListLiteral } from './lists.ts';
import { listParts } from './lists.ts';
import { loopUse } from './loop-use.ts';
import { fromRegistry } from './registry.ts';
import { fillingCalls } from './router.ts';
import type { Registering, RegistrationStyle } from './style-at.ts';
import { fromCall, packageBehind } from './style-at.ts';

/**
 * Loops over something else than a list of structs: a map (R7a), a router (R7b), a registry (R8),
 * names that share one handler (R9).
 */
export const looped: RegistrationStyle = {
  codes: ['R7a', 'R7b', 'R8', 'R9'],
  recognise(call) {
    const { app, site, name } = call;
    const use = loopUse(app.repo, site, name);
    const over = childByField(rangeClause(site.loop), 'right');
    const source = use?.list ?? (over && exprAt(site.call, over));
    const embedded = namesOf(call, use?.list);
    if (embedded)
      return embedded.names.map(value => ({
        ...fromCall(call),
        code: 'R9',
        name: { kind: 'known', value },
      }));
    if (!source) return undefined;
    const parts = listParts(app.repo, source, site);
    const elements = parts.flatMap(part => part.elements);
    const isMap = parts.some(({ type }) => type?.kind === 'map');
    // An empty map is a registry that others fill.
    if (isMap && elements.length > 0) return parts.flatMap(part => fromMap(call, part));
    if (parts.length > 0 && !isMap && !use)
      return elements.map(one => element(call, 'R9', one, one));
    if (!mentionsLoop(site, name)) return undefined;
    const onRouter = fromRouter(call, source);
    if (onRouter.length > 0) return onRouter;
    const entered = fromRegistry(call, source);
    if (entered.length > 0) return entered;
    const why = `${textOf(name)} takes its name from ${textOf(source).slice(0, 60)}`;
    return [{ ...fromCall(call), code: sourceCode(source), name: { kind: 'unknown', why } }];
  },
};

/** The names of an embedded file that the loop around a call goes over. */
function namesOf(
  { app, site, name }: Registering,
  list: Expr | undefined,
): EmbeddedNames | undefined {
  if (list) return embeddedNames(app.repo, list);
  return site.loop && namesOfLoop(app.repo, exprAt(site.call, site.loop), name);
}

function fromMap(call: Registering, { elements }: ListLiteral): Registration[] {
  return elements.flatMap(entry => {
    const [key, value] = namedChildren(entry.node).map(node => exprAt(entry, node));
    if (!key) return [];
    const struct = value && structOf(call.app.repo, value);
    return [
      {
        ...element(call, 'R7a', key, entry),
        package: dirname(entry.facts.path),
        ...(struct ? { struct } : {}),
      },
    ];
  });
}

/** R7b: what the calls are given that fill the router behind the variable or call the loop asks. */
function fromRouter(call: Registering, source: Expr): Registration[] {
  const { app } = call;
  const asked = goNode(source).withoutAddressOf;
  const selector = asked.callee ?? asked;
  const isMember = selector.type === 'selector_expression' && !importedPackage(app.repo, selector);
  const router = (asked.callee || isMember ? selector.operand : undefined) ?? asked;
  return fillingCalls(app, router).map(filling => routed(call, filling));
}

/** The upgrade that a call such as `router.Register(v2.Upgrade)` adds. */
function routed(call: Registering, filling: GoNode): Registration {
  const { repo } = call.app;
  const given = filling.arguments;
  const place = given.at(-1)!;
  const struct = structOf(repo, place);
  const name = struct && fieldLike(struct, /name$/i);
  const nameExpr = given.length > 1 ? given[0]! : name?.value;
  const handler = struct ? fieldLike(struct, /handler/i)?.value : undefined;
  const why = `${textOf(filling).slice(0, 80)} cannot be followed to a plan's name`;
  return {
    ...fromCall(call),
    code: 'R7b',
    name: nameExpr ? stringValue(repo, nameExpr) : { kind: 'unknown', why },
    nameExpr: nameExpr ?? place,
    place,
    ...(struct ? { struct } : {}),
    package: packageBehind(repo, place) ?? dirname((struct?.expr ?? place).facts.path),
    ...(handler ? { handler } : {}),
  };
}

function element(call: Registering, code: StyleCode, name: Expr, place: Expr): Registration {
  return { ...fromCall(call), code, name: stringValue(call.app.repo, name), nameExpr: name, place };
}

function sourceCode(source: Expr): StyleCode {
  const text = textOf(source);
  if (/strings\.|embed|names/i.test(text)) return 'R9';
  return /\.\w*List\(|\.\w*Upgrades\(|registry/i.test(text) && !/router/i.test(text) ? 'R8' : 'R7b';
}

function mentionsLoop(site: Site, name: Expr): boolean {
  const variables = namedChildren(childByField(rangeClause(site.loop), 'left')).map(variable =>
    textOf(exprAt(site.call, variable)),
  );
  return (
    variables.includes(textOf(exprAt(name, withoutParens(name.node)))) ||
    findAll(name.node, 'identifier').some(n => variables.includes(textOf(exprAt(name, n))))
  );
}
