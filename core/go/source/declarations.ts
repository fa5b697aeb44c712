import { textChangeBetween } from '../syntax/change.ts';
import type { KnownStatement } from '../syntax/copy-syntax.ts';
import { childByField } from '../syntax/syntax.ts';
import type { FileFacts } from './facts.ts';
import { shiftFunc, shiftImports, shiftSyntax, shiftType, shiftValues } from './shift.ts';

/** What a file's declarations are sorted into. */
export const kinds = ['imports', 'consts', 'vars', 'types', 'funcs'] as const;

/**
 * A declaration at the top of a file, its type as the grammar calls it, and what it adds to the
 * file's facts.
 */
export interface Declaration extends Pick<FileFacts, (typeof kinds)[number]> {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const known = new WeakMap<FileFacts, readonly Declaration[]>();

/** Notes which declarations a file's facts come from. */
export function remember(facts: FileFacts, declarations: readonly Declaration[]): void {
  known.set(facts, declarations);
}

/** What a file's earlier version has in common with it, found by where it stands now. */
export interface Unchanged {
  /** A declaration with the same text. */
  readonly declaration: (type: string, start: number, end: number) => Declaration | undefined;
  /**
   * The statements of a function that has changed, by where it begins; undefined where none are
   * known.
   */
  readonly statements: (start: number) => KnownStatement | undefined;
}

/**
 * Undefined where the earlier version has errors: then what stands around a declaration matters
 * too.
 */
export function unchanged(before: FileFacts, text: string): Unchanged | undefined {
  const declarations = known.get(before);
  if (!declarations || before.syntaxError !== undefined) return undefined;
  const change = textChangeBetween(before.text, text);
  const by = change.newEnd - change.oldEnd;
  const byStart = new Map(declarations.map(declaration => [declaration.start, declaration]));
  /** How far a range has moved, where it lies outside of what changed. */
  const movedBy = (start: number, end: number) => {
    if (start >= change.newEnd) return by;
    return end <= change.start ? 0 : undefined;
  };
  return {
    declaration(type, start, end) {
      const moved = movedBy(start, end);
      const found = moved === undefined ? undefined : byStart.get(start - moved);
      return found?.type === type && found.end + moved! === end ? shift(found, moved!) : undefined;
    },
    statements(at) {
      // Before the change nothing moves, so the function that it was made in begins where it did.
      const body =
        at <= change.start ? childByField(byStart.get(at)?.funcs[0]?.syntax, 'body') : undefined;
      const byStatement =
        body && new Map(body.children.map(statement => [statement.start, statement]));
      return (
        byStatement &&
        ((type, start, end) => {
          const moved = movedBy(start, end);
          const found = moved === undefined ? undefined : byStatement.get(start - moved);
          return found?.type === type && found.end + moved! === end
            ? shiftSyntax(found, moved!)
            : undefined;
        })
      );
    },
  };
}

function shift(declaration: Declaration, by: number): Declaration {
  if (by === 0) return declaration;
  const { type, start, end, imports, consts, vars, types, funcs } = declaration;
  return {
    type,
    start: start + by,
    end: end + by,
    imports: imports.map(block => shiftImports(block, by)),
    consts: shiftValues(consts, by),
    vars: shiftValues(vars, by),
    types: types.map(one => shiftType(one, by)),
    funcs: funcs.map(func => shiftFunc(func, by)),
  };
}
