/** A place in a state: a store, and one of its keys in hexadecimal. */
export interface StoreKey {
  readonly store: string;
  readonly key: string;
}

/** What the upgrade module reads for itself before a handler begins. */
const upgradeStore = 'upgrade';

/**
 * What a node touched last, by the end of what `start --trace-store` wrote: a line of JSON for each
 * operation (store/tracekv/store.go), with the store's name since SDK 0.46 (store/cachemulti).
 * Undefined where only the upgrade module's own store was touched, or names are missing.
 */
export function lastTouched(trace: string): StoreKey | undefined {
  const lines = trace.split('\n');
  for (const line of lines.reverse()) {
    const touched = operationIn(line);
    if (touched && touched.store !== upgradeStore) return touched;
  }
  return undefined;
}

/** An operation; undefined for a line that is cut off, and for one without a key. */
function operationIn(line: string): StoreKey | undefined {
  if (line === '') return undefined;
  try {
    const { key, metadata } = JSON.parse(line) as {
      readonly key?: string;
      readonly metadata?: { readonly store_name?: string } | null;
    };
    const store = metadata?.store_name;
    return key && store ? { store, key: hexOfBase64(key) } : undefined;
  } catch {
    return undefined;
  }
}

function hexOfBase64(text: string): string {
  return Array.from(atob(text), char => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** The query of a node's RPC that shows a key of a store. */
export function keyQuery({ store, key }: StoreKey): string {
  return `curl -s 'http://localhost:26657/abci_query?path="/store/${store}/key"&data=0x${key}'`;
}
