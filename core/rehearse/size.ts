const units: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** The bytes of a size as people write it (`10GB`, `1.5 GiB`, `0`); undefined where it is none. */
export function sizeIn(text: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?) ?([KMGT]?i?B)?$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const bytes = Number(digits) * (units[(unit ?? 'B').toUpperCase()] ?? Number.NaN);
  return Number.isSafeInteger(Math.round(bytes)) ? Math.round(bytes) : undefined;
}
