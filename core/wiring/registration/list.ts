import { dirname } from '../../files.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, fieldOf, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { childByField, withoutParens } from '../../go/syntax/syntax.ts';
import type { ListShape, Registration, Site, StyleCode, UpgradeList } from '../style.ts';
import type { ListLiteral, LoopUse } from './lists.ts';
import { assignedInInit, elementsOf, elementType, listLiteral, loopUse } from './lists.ts';
import type { RegistrationStyle } from './style-at.ts';

/**
 * R1 and its kin: a slice of structs and a loop that registers every element.
 * R1 has a package per upgrade; R1b several upgrades in one package; R1c a local slice; R1d a
 * private struct of the app; R1e a slice assigned in build-tagged init functions.
 */
export const list: RegistrationStyle = {
  codes: ['R1', 'R1b', 'R1c', 'R1d', 'R1e'],
  recognise({ app, site, name, handler, lists }) {
    const use = loopUse(app.repo, site, name);
    const list = use && listLiteral(app.repo, use.list, site);
    if (!use || !list || childByField(list.literal.node, 'type')?.type === 'map_type')
      return undefined;
    const all =
      list.kind === 'init'
        ? assignedInInit(app.repo, dirname(list.body.facts.path), list.name)
        : [list];
    const found = all.map(one => recogniseList(app.repo, site, handler, use, one));
    lists.push(...found.map(f => f.list));
    return found.flatMap(f => f.registrations);
  },
};

function recogniseList(
  repo: Repo,
  site: Site,
  handler: Expr,
  use: LoopUse,
  list: ListLiteral,
): { registrations: Registration[]; list: UpgradeList } {
  const made = handlerField(repo, site, handler);
  const held: ListShape = {
    literal: list.body,
    name: list.name,
    nameField: use.field,
    handlerField: made,
    local: list.kind === 'local',
  };
  const elements = elementsOf(list.body);
  const registrations = elements.map((element): Registration => {
    const struct = structOf(repo, element);
    const named = struct && fieldOf(struct, use.field);
    const value: Value = named
      ? stringValue(repo, named)
      : {
          kind: 'unknown',
          why: `${textOf(element).slice(0, 80)} cannot be followed to its ${use.field}`,
        };
    const dir = dirname((named ?? struct?.expr ?? element).facts.path);
    return {
      code: codeOf(repo, site, list, element),
      name: value,
      nameExpr: named ?? element,
      package: packageDir(repo, element, dir),
      site,
      place: element,
      list: held,
      ...(struct ? { struct } : {}),
      ...(struct && fieldOf(struct, made) ? { handler: fieldOf(struct, made)! } : {}),
    };
  });
  const code =
    registrations[0]?.code ?? (list.kind === 'init' ? 'R1e' : list.kind === 'local' ? 'R1c' : 'R1');
  return { registrations, list: { code, site, list: held, elements: elements.length } };
}

/** The folder that `vN.Upgrade` names, which a shared name constant must not hide. */
function packageDir(repo: Repo, element: Expr, otherwise: string): string {
  const struct = structOf(repo, element);
  return struct ? dirname(struct.expr.facts.path) : otherwise;
}

function handlerField(repo: Repo, site: Site, handler: Expr): string {
  const node = withoutParens(handler.node);
  const used = loopUse(
    repo,
    site,
    node.type === 'call_expression' ? exprAt(handler, childByField(node, 'function')!) : handler,
  );
  return used?.field ?? 'CreateUpgradeHandler';
}

function codeOf(repo: Repo, site: Site, list: ListLiteral, element: Expr): StyleCode {
  const type = elementType(list);
  if (list.kind === 'init') return 'R1e';
  if (list.kind === 'local') return 'R1c';
  if (/^[a-z]\w*$/.test(type)) return 'R1d';
  const struct = structOf(repo, element);
  const dir = struct && dirname(struct.expr.facts.path);
  if (element.node.type === 'literal_value') return 'R1b';
  // `upgrades.Upgrade_1_2_0`: the package that declares the struct's type holds the upgrades too.
  const typeDir = repo.folderOf(list.body.facts, typeRef(type)?.qualifier);
  return dir !== undefined && dir === typeDir && dir !== site.dir ? 'R1b' : 'R1';
}
