/**
 * The version after a release's, as its tag spells it: the guard comes with a release that breaks
 * nothing, so the last number is raised. Undefined where a tag names no version.
 */
export function nextVersion(tag: string): string | undefined {
  const found = /^(?:.*\/)?(v?)(\d+)\.(\d+)(?:\.(\d+))?(?:-.*)?$/.exec(tag);
  if (!found) return undefined;
  const [, v = '', major = '', minor = '', patch = '0'] = found;
  return `${v}${major}.${minor}.${Number(patch) + 1}`;
}
