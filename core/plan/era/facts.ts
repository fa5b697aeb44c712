import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';

/** An era that a release supports. */
export interface SupportedEra {
  /** Small letters, digits and hyphens, such as `pythagoras`. */
  readonly name: string;
  /** The release that supports it first, such as `v2.1.0`; none for the first era of a chain. */
  readonly since?: string | undefined;
}

/** What the files of x/era are written for. */
export interface EraFacts {
  readonly generation: Generation;
  /** The folder of the package, such as `x/era`. */
  readonly dir: string;
  /** Its import path. */
  readonly path: string;
  /** The eras that the release supports, the chain's first one first. */
  readonly supported: readonly SupportedEra[];
  /** The behaviours that differ between eras, such as `fee`, whose skeletons are written too. */
  readonly switches: readonly string[];
  /** Whether x/gov decides on eras; otherwise their heights are compiled in by chain id. */
  readonly governed: boolean;
}

const name = /^[a-z][a-z0-9-]*$/;

/** Whether a text may name an era: what the title of a decision takes. */
export function isEraName(text: string): boolean {
  return name.test(text) && !text.endsWith('-') && !text.includes('--');
}

/** The Go constant of an era, or the Go name of a switch: `BlockFees` of `block-fees`. */
export function eraIdentifier(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}

/** What x/era declares for others; an era or a switch is called otherwise. */
const declared = new Set([
  ...['Activate', 'Announce', 'App', 'AppModule', 'Cancel', 'Decision', 'DefaultGenesis'],
  ...['DefaultNoticeBlocks', 'EpochBlocks', 'Era', 'First', 'Genesis', 'Keeper', 'Marker'],
  ...['MarkersKey', 'ModuleName', 'NewAppModule', 'NewKeeper', 'NewSwitch', 'ParseDecision'],
  ...['ParseGenesis', 'Reader', 'Schedule', 'Since', 'Sort', 'StaticReader', 'Status', 'StatusAt'],
  ...['StoreKey', 'StoreReader', 'Supported', 'Switch', 'UnsupportedError'],
]);

/** Refuses eras and switches whose Go name is taken, by the package or by one another. */
export function refuseTakenNames({
  supported,
  switches,
}: Pick<EraFacts, 'supported' | 'switches'>): void {
  const taken = new Set(declared);
  for (const text of [...supported.map(({ name: era }) => era), ...switches]) {
    const identifier = eraIdentifier(text);
    if (taken.has(identifier))
      throw new Refusal(
        `"${text}" would be ${identifier} in x/era, which is taken; choose another name`,
      );
    taken.add(identifier);
  }
}
