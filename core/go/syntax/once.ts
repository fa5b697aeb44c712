/** What `find` gives for a node, found once: nodes never change. */
export function once<K extends object, T>(memory: WeakMap<K, T>, node: K, find: () => T): T {
  const known = memory.get(node);
  if (known !== undefined) return known;
  const found = find();
  memory.set(node, found);
  return found;
}
