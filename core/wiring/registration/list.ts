import { dirname } from '../../files.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { fieldOf, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import type { ListShape, Registration, Site, StyleCode, UpgradeList } from '../style.ts';
import type { ListLiteral } from './lists.ts';
import { elementType, listParts } from './lists.ts';
import type { LoopUse } from './loop-use.ts';
import { loopUse } from './loop-use.ts';
import type { RegistrationStyle } from './style-at.ts';

/**
 * R1 and its kin: a slice of structs and a loop that registers every element.
 * R1 has a package per upgrade; R1b several upgrades in one package; R1c a local slice; R1d a
 * private struct of the app; R1e a slice that functions fill,
 * mostly `init`, or build tags choose.
 */
export const list: RegistrationStyle = {
  codes: ['R1', 'R1b', 'R1c', 'R1d', 'R1e'],
  recognise({ app, site, name, handler, lists }) {
    const use = loopUse(app.repo, site, name);
    const parts = use ? listParts(app.repo, use.list, site) : [];
    if (!use || parts.length === 0 || parts.some(({ type }) => type?.kind === 'map'))
      return undefined;
    const found = parts.map(part => recogniseList(app.repo, site, handler, use, part));
    // Nothing can be written into a part that cannot be read.
    lists.push(...found.filter((_, i) => !parts[i]!.unread).map(f => f.list));
    return found.flatMap(f => f.registrations);
  },
};

function recogniseList(
  repo: Repo,
  site: Site,
  handler: Expr,
  use: LoopUse,
  literal: ListLiteral,
): { registrations: Registration[]; list: UpgradeList } {
  const shape: ListShape = {
    literal: literal.body,
    name: literal.name,
    nameField: use.field,
    handlerField: handlerField(repo, site, handler),
    element: literal.type?.element,
    local: literal.kind === 'local',
  };
  const { elements } = literal;
  const registrations = elements.map(element => fromElement(repo, site, literal, shape, element));
  const code = registrations[0]?.code ?? codeOfEmpty(literal);
  return { registrations, list: { code, site, list: shape, elements: elements.length } };
}

function codeOfEmpty({ kind }: ListLiteral): StyleCode {
  if (kind === 'init') return 'R1e';
  return kind === 'local' ? 'R1c' : 'R1';
}

/** The registration that an element of the list makes. */
function fromElement(
  repo: Repo,
  site: Site,
  literal: ListLiteral,
  shape: ListShape,
  element: Expr,
): Registration {
  const struct = structOf(repo, element);
  const named = struct && fieldOf(struct, shape.nameField);
  const made = struct && fieldOf(struct, shape.handlerField);
  return {
    code: codeOf(repo, site, literal, element),
    name: named ? stringValue(repo, named) : nameUnknown(element, shape.nameField),
    nameExpr: named ?? element,
    // The folder that `vN.Upgrade` names, which a shared name constant must not hide.
    package: dirname((struct?.expr ?? element).facts.path),
    site,
    place: element,
    list: shape,
    ...(struct ? { struct } : {}),
    ...(made ? { handler: made } : {}),
  };
}

function nameUnknown(element: Expr, field: string): Value {
  const why = `${textOf(element).slice(0, 80)} cannot be followed to its ${field}`;
  return { kind: 'unknown', why };
}

function handlerField(repo: Repo, site: Site, handler: Expr): string {
  const written = behindLocals(handler);
  const used = loopUse(repo, site, written.callee ?? written);
  return used?.field ?? 'CreateUpgradeHandler';
}

function codeOf(repo: Repo, site: Site, literal: ListLiteral, element: Expr): StyleCode {
  const type = elementType(literal);
  if (literal.kind === 'init') return 'R1e';
  if (literal.kind === 'local') return 'R1c';
  if (/^[a-z]\w*$/.test(type)) return 'R1d';
  const struct = structOf(repo, element);
  const dir = struct && dirname(struct.expr.facts.path);
  if (element.node.type === 'literal_value') return 'R1b';
  // `upgrades.Upgrade_1_2_0`: the package that declares the struct's type holds the upgrades too.
  const declared = literal.type?.element?.facts ?? literal.body.facts;
  const typeDir = repo.folderOf(declared, typeRef(type)?.qualifier);
  return dir !== undefined && dir === typeDir && dir !== site.dir ? 'R1b' : 'R1';
}
