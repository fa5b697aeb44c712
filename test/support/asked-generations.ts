import type { Generation } from '../go/generations.ts';
import { generations } from '../go/generations.ts';

/**
 * The SDK generations that the environment asks to be tested, oldest first: SDK 0.50 where it says
 * nothing, for the modules of the others are large.
 */
export function askedGenerations(): readonly Generation[] {
  const asked = (process.env['GENERATIONS'] ?? '0.50').split(',').map(name => name.trim());
  const unknown = asked.filter(name => !generations.some(known => known === name));
  if (unknown.length > 0)
    throw new Error(
      `GENERATIONS: there is no example chain on ${unknown.join(', ')}; name some of ${generations.join(', ')}`,
    );
  return generations.filter(known => asked.includes(known));
}
