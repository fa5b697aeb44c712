/** A way of registering handlers (`R…`) or of loading stores (`S…`). */
export type StyleCode = `R${string}` | `S${string}`;
