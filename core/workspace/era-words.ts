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

/** What is told of an era: since when it is known, and what behaves otherwise in it. */
export function toldOfEra(eras: Eras, { name }: EraName): string[] {
  const since = sinceText(eras, name);
  const switching = eras.switches.filter(one => one.eras.some(era => era.name === name));
  const names = switching.map(one => one.name ?? 'one whose name is not known');
  return [
    ...(since === '' ? [] : [since]),
    names.length > 0 ? `switches with a behaviour for it: ${names.join(', ')}` : 'no switch has it',
    name === eras.first
      ? 'blocks before every other era are of this one'
      : 'it begins at the height that is decided; a node whose binary does not know it stops there',
  ];
}

/** What is told of a switch: its eras, and what a gap does. */
export function toldOfSwitch({ eras, isWhole }: EraSwitch): string[] {
  const names = eras.map(({ name }) => name ?? 'one that is not known');
  return [
    `behaviours for ${names.join(', ')}${isWhole ? '' : '; not all are read'}`,
    'the program panics when it begins if an era that it supports has none',
  ];
}
