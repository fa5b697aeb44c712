import type { TagName } from '../../core/chain/tag-names.ts';
import { compareNumbers } from '../../core/chain/tag-names.ts';

/** A tag and the commit it stands for. */
export interface Tag {
  readonly name: string;
  readonly commit: string;
  readonly time: number;
}

/** A tag that could be a release made before HEAD. */
export interface RankedTag extends Tag {
  readonly read: TagName;
  /** When the newest commit that it shares with HEAD was made. */
  readonly ancestor: number;
}

/** Orders tags by the age of what they share with HEAD, then by version. */
export function compareTags(a: RankedTag, b: RankedTag): number {
  return a.ancestor - b.ancestor || compareNumbers(a.read.numbers, b.read.numbers);
}
