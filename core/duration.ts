/** Milliseconds of a unit of Go's durations (time.ParseDuration), and of a day. */
const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const element = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d)/g;

/**
 * A duration as Go writes it, such as `1h30m`, and with days besides (`21d`), in milliseconds.
 * Undefined where it is none, or negative.
 */
export function durationIn(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = [...text.matchAll(element)];
  const read = parts.map(([whole]) => whole).join('');
  if (parts.length === 0 || read !== text) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit!]!, 0);
}
