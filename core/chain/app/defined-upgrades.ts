import { givenAtStart } from '../../go/eval/given.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr, StructValue } from '../../go/eval/value.ts';
import { exprAt, fieldLike, fieldsOf, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import { typeNameOf } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { callArguments, callsOf } from '../../go/syntax/syntax.ts';
import { isStoreUpgrades } from '../../wiring/loading/read-store-upgrades.ts';

/** An upgrade as a constant or a struct of its package defines it. */
export interface Defined {
  readonly value: string;
  /** Where the name is written. */
  readonly at: string;
  readonly stores?: Expr;
}

/** A place, to tell whether two are one. */
export function whereWritten({ facts, node }: Expr): string {
  return `${facts.path}:${node.start}`;
}

/** The same, with where it is defined. */
export interface DefinedAt extends Defined {
  readonly facts: FileFacts;
  /** The whole definition. */
  readonly spec: { readonly start: number; readonly end: number };
  /** The function that would register it, where that is all that defines it. */
  readonly by?: string;
}

const nameConstant = /^(\w*upgrade_?name\w*|\w*plan_?name\w*|name)$/i;

/**
 * What the text of a file has that defines an upgrade: a word, a variable that gets its value later,
 * a struct, or what a function makes. Tables of addresses, which lie beside upgrades and have
 * megabytes, have none of it.
 */
const mayDefine =
  /upgrade|plan_?name|\bname\b|(?:^|;)[ \t]*var(?:\s*\(|\s[^=\n]*$)|[=,]\s*[&(]*[\w.]+(?:\[[^\]\n]*\])?\s*[({]/im;

/** The upgrades that a package's constants, variables and functions define. */
export function definedIn(repo: Repo, dir: string): DefinedAt[] {
  return repo.filesOf(dir, mayDefine).flatMap(facts => [
    ...[...facts.consts, ...facts.vars].flatMap(spec => {
      const value = spec.value ? { facts, node: spec.value } : givenAtStart(repo, dir, spec.name);
      const name = value && upgradeName(repo, facts, spec.name, value);
      return name ? [{ ...name, facts, spec }] : [];
    }),
    ...facts.funcs.flatMap(func => setIn(repo, facts, func)),
  ]);
}

/** The plans that a function of an upgrade's package sets a handler for, by a name of its own. */
function setIn(repo: Repo, facts: FileFacts, { name: by, syntax }: Func): DefinedAt[] {
  return callsOf(syntax, facts.text, 'SetUpgradeHandler').flatMap(call => {
    const [given] = callArguments(call);
    const name = given && stringValue(repo, { facts, node: given });
    return name?.kind === 'known'
      ? [{ value: name.value, at: whereWritten({ facts, node: given! }), facts, spec: call, by }]
      : [];
  });
}

function upgradeName(
  repo: Repo,
  facts: FileFacts,
  ident: string,
  value: Expr,
): Defined | undefined {
  const { type } = goNode(value).withoutAddressOf;
  const struct =
    type === 'composite_literal' || type === 'call_expression' ? structOf(repo, value) : undefined;
  if (struct) return upgradeStruct(repo, struct);
  if (!nameConstant.test(ident)) return undefined;
  const name = stringValue(repo, { facts, node: value.node });
  return name.kind === 'known' ? { value: name.value, at: whereWritten(value) } : undefined;
}

/** `Upgrade{UpgradeName: …, StoreUpgrades: …}`. */
function upgradeStruct(repo: Repo, struct: StructValue): Defined | undefined {
  const written = struct.type && exprAt(struct.expr, struct.type);
  const type = written && typeNameOf(repo, written.facts, textOf(written));
  const nameField = type === 'Upgrade' ? fieldLike(struct, /name$/i) : undefined;
  const name = nameField && stringValue(repo, nameField.value);
  if (name?.kind !== 'known') return undefined;
  const stores = fieldsOf(struct).find(field => isStoreUpgrades(repo, field.value));
  return {
    value: name.value,
    at: whereWritten(nameField!.value),
    ...(stores ? { stores: stores.value } : {}),
  };
}
