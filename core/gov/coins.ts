/** An amount of a denomination; amounts are texts, for they may have 256 bits. */
export interface Coin {
  readonly denom: string;
  readonly amount: string;
}

const coin = /^(\d+)([a-zA-Z][a-zA-Z0-9/:._-]{2,127})$/;

/** Coins as the SDK writes them, such as `10000000uatom,5ustake`; undefined where they are none. */
export function readCoins(text: string): readonly Coin[] | undefined {
  const coins = text.split(',').map(part => coin.exec(part.trim()));
  if (coins.some(found => found === null)) return undefined;
  return coins.map(found => ({ denom: found![2]!, amount: found![1]! }));
}

/** The same in the SDK's spelling. */
export function coinsText(coins: readonly Coin[]): string {
  return coins.map(({ amount, denom }) => `${amount}${denom}`).join(',');
}

/** Whether coins cover others in every denomination. */
export function covers(coins: readonly Coin[], wanted: readonly Coin[]): boolean {
  return wanted.every(({ denom, amount }) => {
    const held = coins.filter(one => one.denom === denom);
    return held.reduce((sum, one) => sum + BigInt(one.amount), 0n) >= BigInt(amount);
  });
}
