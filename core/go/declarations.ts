import { changeBetween } from './change.ts';
import type { FileFacts } from './facts.ts';
import { shiftFunc, shiftImports, shiftType, shiftValues } from './shift.ts';

/** What a file's declarations are sorted into. */
export const kinds = ['imports', 'consts', 'vars', 'types', 'funcs'] as const;

/** A declaration at the top of a file, its type as the grammar calls it, and what it adds to the file's facts. */
export interface Declaration extends Pick<FileFacts, typeof kinds[number]> { readonly type: string; readonly start: number; readonly end: number }

const known = new WeakMap<FileFacts, readonly Declaration[]>();

/** Notes which declarations a file's facts come from. */
export function remember(facts: FileFacts, declarations: readonly Declaration[]): void {
  known.set(facts, declarations);
}

/**
 * Finds a declaration of a file's earlier version for the place where it stands now. Undefined where its text is not the same, or that version has errors:
 * then what stands around it matters too.
 */
export function unchanged(before: FileFacts, text: string): ((type: string, start: number, end: number) => Declaration | undefined) | undefined {
  const declarations = known.get(before);
  if (!declarations || before.syntaxError !== undefined) return undefined;
  const change = changeBetween(before.text, text), by = change.newEnd - change.oldEnd;
  const byStart = new Map(declarations.map(declaration => [declaration.start, declaration]));
  return (type, start, end) => {
    const moved = start >= change.newEnd ? by : end <= change.start ? 0 : undefined;
    const found = moved === undefined ? undefined : byStart.get(start - moved);
    return found?.type === type && found.end + moved! === end ? shift(found, moved!) : undefined;
  };
}

function shift(declaration: Declaration, by: number): Declaration {
  if (by === 0) return declaration;
  const { type, start, end, imports, consts, vars, types, funcs } = declaration;
  return {
    type, start: start + by, end: end + by, imports: imports.map(block => shiftImports(block, by)), consts: shiftValues(consts, by), vars: shiftValues(vars, by),
    types: types.map(one => shiftType(one, by)), funcs: funcs.map(func => shiftFunc(func, by)),
  };
}
