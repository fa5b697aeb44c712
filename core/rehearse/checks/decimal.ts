/** A decimal number, exactly: `digits` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Reads a decimal number; undefined where it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === ''
    ? undefined
    : { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** Whether a number and another one added to it give a third. */
export function isSum(a: Decimal, b: Decimal, sum: Decimal): boolean {
  const scale = Math.max(a.scale, b.scale, sum.scale);
  return atScale(a, scale) + atScale(b, scale) === atScale(sum, scale);
}

function atScale({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}
