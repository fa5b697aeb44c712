import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore } from '../sdk/generations.ts';

/** A block: its height, and when it was made, in milliseconds since 1970. */
export interface BlockAt {
  readonly height: number;
  readonly time: number;
}

/** Seconds from block to block: the mean, and how far it may be off. */
export interface BlockSeconds {
  readonly mean: number;
  readonly error: number;
}

/** A node's newest block, and how fast blocks come. */
export interface Clock {
  readonly newest: BlockAt;
  readonly blockSeconds: BlockSeconds;
}

/**
 * Measures the time of a block from blocks at three heights or more. The error is twice the
 * standard error of the mean of the stretches between them: as good as the past tells.
 * Undefined where there are fewer, or time does not pass.
 */
export function measureBlocks(blocks: readonly BlockAt[]): Clock | undefined {
  const sorted = [...blocks].sort((a, b) => a.height - b.height);
  const newest = sorted.at(-1);
  const stretches = sorted.slice(1).flatMap((block, i) => {
    const before = sorted[i]!;
    return block.height > before.height
      ? [(block.time - before.time) / 1000 / (block.height - before.height)]
      : [];
  });
  if (!newest || stretches.length < 2) return undefined;
  const first = sorted[0]!;
  const mean = (newest.time - first.time) / 1000 / (newest.height - first.height);
  if (!(mean > 0)) return undefined;
  const spread = stretches.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const error = 2 * Math.sqrt(spread / (stretches.length - 1) / stretches.length);
  // An error as large as the mean would let blocks come at once.
  return { newest, blockSeconds: { mean, error: Math.min(error, mean * 0.9) } };
}

/** The heights to measure by: ten stretches of the last `window` blocks. */
export function heightsToMeasure(newest: number, window: number): number[] {
  const step = Math.floor(window / 10);
  return Array.from({ length: 11 }, (_, i) => newest - step * (10 - i));
}

/** The first height that is expected at or after a time (milliseconds). */
export function heightAt({ newest, blockSeconds }: Clock, time: number): number {
  return newest.height + Math.ceil((time - newest.time) / 1000 / blockSeconds.mean);
}

/** When a height is expected, in milliseconds. */
export function timeOf({ newest, blockSeconds }: Clock, height: number): number {
  return newest.time + (height - newest.height) * blockSeconds.mean * 1000;
}

/** How far the expected time of a height may be off, in seconds. */
export function timeError({ newest, blockSeconds }: Clock, height: number): number {
  return Math.abs(height - newest.height) * blockSeconds.error;
}

/** The fewest seconds until a height: blocks come as fast as the measured error allows. */
export function fewestSeconds({ newest, blockSeconds }: Clock, height: number): number {
  return (height - newest.height) * (blockSeconds.mean - blockSeconds.error);
}

/** The lowest height that is at least so many seconds away, however fast blocks come. */
export function heightAfter({ newest, blockSeconds }: Clock, seconds: number): number {
  return newest.height + Math.ceil(seconds / (blockSeconds.mean - blockSeconds.error));
}

/**
 * The seconds that have to lie between a proposal and its plan's height, so that a vote can still
 * cancel it: two proposals, and the time in which the mistake is noticed.
 */
export function secondsToCancel(
  periods: { readonly deposit: number; readonly voting: number },
  notice: number,
): number {
  return 2 * (periods.deposit + periods.voting) + notice;
}

/**
 * What a node does with `--halt-height N` (baseapp): to 0.47 it commits N and stops, from 0.50 on
 * it stops before N. A null generation is not known.
 */
export function haltHeightMeaning(generation: Generation | null): string {
  if (generation === null)
    return (
      '--halt-height N commits block N and then stops up to SDK 0.47, and stops before block N ' +
      'from SDK 0.50 on'
    );
  return generationIsBefore(generation, '0.50')
    ? '--halt-height N commits block N and then stops (SDK up to 0.47)'
    : '--halt-height N stops before block N is executed; N-1 is the last one (SDK 0.50 on)';
}
