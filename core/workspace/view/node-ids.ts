/**
 * The ids of lines of one kind below another line, in the order of their names: no two lines of a
 * view have the same, whatever the chain calls its things, and a thing keeps its own while others
 * come and go.
 */
export function nodeIds(above: string, kind: string, names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map(name => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    const id = nodeId(above, `${kind} ${escaped(name)}`);
    // A mistake may name two things alike. No name holds a bare slash any more.
    return count === 0 ? id : `${id}/${count + 1}`;
  });
}

/** The id of the only line of its kind below another one. */
export function nodeId(above: string, kind: string): string {
  return `${above}/${kind}`;
}

function escaped(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F');
}
