import type { Eras } from '../chain/eras/eras.ts';
import type { EraName } from '../chain/eras/names.ts';
import type { EraSwitch } from '../chain/eras/switches.ts';

/** Since which release an era is known, in words; empty where the code does not say. */
export function sinceText({ first, since }: Eras, name: string | null): string {
  if (name === null) return '';
  if (name === first) return 'the first era of the chain';
  const release = since.get(name);
  if (release === undefined) return '';
  return release === null ? 'since a release that is not read' : `since ${release}`;
}

/** The eras that a switch has no behaviour for, as far as both were read. */
export function lackingEras({ supported }: Eras, { eras, isWhole }: EraSwitch): string[] {
  if (!isWhole) return [];
  const has = new Set(eras.map(({ name }) => name));
  return supported.flatMap(({ name }) => (name === null || has.has(name) ? [] : [name]));
}

/** What is told of an era: since when it is known, and what behaves otherwise in it. */
export function toldOfEra(eras: Eras, { name }: EraName): string[] {
  // Of an era whose name is not read nothing else is known.
  if (name === null) return ['its name is not read, so its switches are not known'];
  const since = sinceText(eras, name);
  return [
    ...(since === '' ? [] : [since]),
    ...switchesText(eras, name),
    name === eras.first
      ? 'blocks before every other era are of this one'
      : 'it begins at the height that is decided; a node whose binary does not know it stops there',
  ];
}

/** The switches of an era; one that was not read to its end may have a behaviour for it, too. */
function switchesText({ switches }: Eras, name: string): string[] {
  const having = switches.filter(one => one.eras.some(era => era.name === name));
  const unread = switches.filter(one => !one.isWhole && !having.includes(one)).length > 0;
  const names = having.map(one => one.name ?? 'one whose name is not known');
  const known = names.length > 0 ? `switches with a behaviour for it: ${names.join(', ')}` : '';
  if (unread) return [known === '' ? 'not all switches are read' : `${known}; not all are read`];
  return [known === '' ? 'no switch has it' : known];
}

/** What is told of a switch: its eras, and what a gap does. */
export function toldOfSwitch(eras: Eras, one: EraSwitch): string[] {
  const names = one.eras.map(({ name }) => name ?? 'one that is not known');
  const lacking = lackingEras(eras, one);
  const known = names.length > 0 ? `behaviours for ${names.join(', ')}` : 'no behaviour is read';
  return [
    `${known}${one.isWhole ? '' : '; not all are read'}`,
    ...(lacking.length > 0 ? [`none for ${lacking.join(', ')}`] : []),
    'the program panics when it begins if an era that it supports has none',
  ];
}
