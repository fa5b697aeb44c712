import { durationIn } from '../duration.ts';

/**
 * A duration as Go's time.ParseDuration takes it, in milliseconds; undefined where it would refuse
 * it, or where it is negative. Days are not Go's.
 */
export function goDuration(text: string): number | undefined {
  return text.includes('d') ? undefined : durationIn(text.replace(/^\+/, ''));
}
