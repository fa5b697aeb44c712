import { intValue } from '../../go/eval/integers.ts';
import { rootsOf } from '../../go/eval/roots.ts';
import type { Expr, StructValue } from '../../go/eval/value.ts';
import { exprAt, fieldOf, stringValue, structOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Eras } from './eras.ts';
import { eraName } from './names.ts';
import { filesNaming } from './switches.ts';

/** When an era begins on a network, as a release has it compiled in. */
export interface ScheduledEra {
  readonly chainId: string;
  /** Null where it cannot be read. */
  readonly name: string | null;
  /** 0 while it is only announced; null where it cannot be read. */
  readonly height: number | null;
  readonly location: Location;
}

/** The heights that a chain without votes on eras has compiled in; undefined where it has none. */
export function readSchedule(repo: Repo, { dir }: Pick<Eras, 'dir'>): ScheduledEra[] | undefined {
  const found = repo.value(dir, 'Schedule');
  const node = found?.spec.value;
  const table = node && structOf(repo, { facts: found.facts, node });
  return table && entriesOf(table).flatMap(([key, value]) => rowsOf(repo, key, value));
}

/**
 * Whether an era has begun on no network, and will not, as far as a release decides that: its keeper
 * reads the compiled heights, all of these are known, and none is of that era. False where votes
 * decide, and where anything is not known.
 */
export function neverBegins(repo: Repo, eras: Pick<Eras, 'dir'>, name: string): boolean {
  const rows = readSchedule(repo, eras);
  if (!rows || !isScheduleWhole(repo, eras) || !isScheduleRead(repo, eras)) return false;
  return rows.every(row => row.name !== null && (row.name !== name || row.height === 0));
}

/** Whether every network's rows were read. */
function isScheduleWhole(repo: Repo, { dir }: Pick<Eras, 'dir'>): boolean {
  const [found, ...others] = repo.values(dir, 'Schedule');
  const node = found?.spec.value;
  const table = node && others.length === 0 && structOf(repo, { facts: found.facts, node });
  if (!table) return false;
  const entries = entriesOf(table);
  return (
    entries.length === namedChildren(table.body).length &&
    entries.every(
      ([key, value]) => stringValue(repo, key).kind === 'known' && structOf(repo, value),
    )
  );
}

/**
 * Whether the framework gives its keeper the schedule, which it does not where votes decide, and
 * nothing but that speaks of it but to read one network's rows: whatever else does may change it.
 */
function isScheduleRead(repo: Repo, { dir }: Pick<Eras, 'dir'>): boolean {
  const uses = filesNaming(repo, dir, /\bSchedule\b/).flatMap(facts =>
    rootsOf(repo, facts)
      .flatMap(root => findAll(root, 'identifier', 'field_identifier'))
      .filter(({ start, end }) => facts.text.slice(start, end) === 'Schedule')
      .map(node => (node.field === 'field' ? node.parent! : node)),
  );
  return uses.some(isGiven) && uses.every(use => isGiven(use) || isLookedUp(use));
}

/** `Keeper{reader: Schedule}`. */
function isGiven({ parent }: SyntaxNode): boolean {
  return parent?.type === 'keyed_element';
}

/** `era.Schedule[chainID]` as an argument or a result: what else is done with the rows may set them. */
function isLookedUp({ parent, field }: SyntaxNode): boolean {
  if (parent?.type !== 'index_expression' || field !== 'operand') return false;
  const around = parent.parent;
  return around?.type === 'argument_list' || around?.parent?.type === 'return_statement';
}

function entriesOf({ expr, body }: StructValue): [key: Expr, value: Expr][] {
  return namedChildren(body).flatMap(element => {
    const [key, value] = element.type === 'keyed_element' ? namedChildren(element) : [];
    return key && value ? [[exprAt(expr, key), exprAt(expr, value)]] : [];
  });
}

function rowsOf(repo: Repo, key: Expr, value: Expr): ScheduledEra[] {
  const chainId = stringValue(repo, key);
  const rows = structOf(repo, value);
  if (chainId.kind !== 'known' || !rows) return [];
  return namedChildren(rows.body).map(node => {
    const row = exprAt(rows.expr, node);
    const struct = structOf(repo, row);
    const [name, height] = ['Name', 'Height'].map(field => struct && fieldOf(struct, field));
    return {
      chainId: chainId.value,
      name: name ? eraName(repo, name) : null,
      height: height ? numberOf(repo, height) : 0,
      location: locationOf(row.facts, row.node),
    };
  });
}

function numberOf(repo: Repo, expr: Expr): number | null {
  const number = intValue(repo, expr);
  return 'value' in number ? number.value : null;
}
