/** Does something for each of many, with at most so many at once; the results in their order. */
export async function askMany<T, R>(
  all: readonly T[],
  parallel: number,
  ask: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < all.length) {
      const i = next++;
      results[i] = await ask(all[i]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, all.length) }, lane));
  return results;
}
