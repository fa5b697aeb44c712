/** A number with its thousands apart, the same on every machine: `12,345`. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Milliseconds as people say them: `12 ms`, `3.4 s`, `2 min 5 s`. */
export function timeWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: `12 B`, `3.4 kB`, `-1.0 MB`. */
export function sizeWords(bytes: number): string {
  let size = Math.abs(bytes);
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  const sign = bytes < 0 ? '-' : '';
  return `${sign}${unit === 0 ? size : size.toFixed(1)} ${units[unit]!}`;
}

const longest = 80;

/** A value of JSON in a cell of a table; nothing is a dash. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '-';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
