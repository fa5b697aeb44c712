/**
 * What a transaction's gas costs where a chain does not say: enough for the chains that count in
 * 10^6.
 */
const plainPrice = 10n;
/** For chains that count in 10^18. */
const finePrice = 10_000_000_000n;

/**
 * Whether a transaction was turned down for what it pays, in the words of the SDK, of fee markets
 * and of EVM chains.
 */
export function lacksFee(words: string): boolean {
  return /insufficient fee|no fee coin provided|provided fee|gas prices? too low|minimum global fee|fee cap|base ?fee/i.test(
    words,
  );
}

/**
 * What to pay next after a chain wanted more than `paid` (an amount, undefined for nothing) for
 * `gas`: twice what it says is required, so that a price that moves is still met, else a price that
 * is plenty. Undefined where nothing more can be tried.
 */
export function nextFee(words: string, gas: number, paid: bigint | undefined): bigint | undefined {
  const required = /required:?\s+"?(\d+)/i.exec(words)?.[1];
  const price = /gas prices?|fee cap|base ?fee/i.test(words);
  const wanted = required === undefined ? 0n : BigInt(required) * (price ? BigInt(gas) : 1n) * 2n;
  return [wanted, plainPrice * BigInt(gas), finePrice * BigInt(gas)].find(
    fee => fee > (paid ?? 0n),
  );
}
