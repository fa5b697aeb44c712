const known = new WeakMap<object, Map<string, unknown>>();

/**
 * What `find` gives, found once for something that never changes, such as a repository value, under
 * a name. Forgotten together with that thing.
 */
export function memoize<T>(of: object, what: string, find: () => T): T {
  let answers = known.get(of);
  if (!answers) {
    answers = new Map();
    known.set(of, answers);
  }
  const answer = answers.get(what);
  if (answer !== undefined || answers.has(what)) return answer as T;
  const found = find();
  answers.set(what, found);
  return found;
}
