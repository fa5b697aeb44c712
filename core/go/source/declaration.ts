import type { FileFacts } from './facts.ts';

/**
 * The name of the top-level declaration an offset lies in: `Type.method`, `name`; empty between
 * them.
 */
export function enclosingDeclaration(facts: FileFacts, offset: number): string {
  const inside = (d: { start: number; end: number }) => d.start <= offset && offset < d.end;
  const func = facts.funcs.find(inside);
  if (func) return func.receiver ? `${func.receiver.type}.${func.name}` : func.name;
  return [...facts.vars, ...facts.consts, ...facts.types].find(inside)?.name ?? '';
}
