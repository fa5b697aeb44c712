import { dirname } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';

/**
 * A name that a package would declare twice in one build, which Go refuses; undefined where none
 * is. Tests and generated files count, which the reading of a chain leaves out.
 */
export function declaredTwice(
  before: Repo,
  now: Repo,
  touched: readonly string[],
): string | undefined {
  for (const file of touched) {
    const facts = file.endsWith('.go') ? now.facts(file) : undefined;
    const added = facts && namesAdded(before.facts(file), facts);
    if (!facts || !added || added.length === 0) continue;
    const others = filesBeside(now, facts);
    for (const name of added) {
      const count = (one: FileFacts) => namesOf(one).filter(other => other === name).length;
      const other = count(facts) > 1 ? facts : others.find(one => count(one) > 0);
      if (other) return `${name} would be declared in ${file} and in ${other.path}`;
    }
  }
  return undefined;
}

/** The names that a file declares oftener than it did. */
function namesAdded(before: FileFacts | undefined, now: FileFacts): string[] {
  const known = before ? namesOf(before) : [];
  return namesOf(now).filter(name => {
    const index = known.indexOf(name);
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
}

/** The other files of a file's package that one build can take in with it. */
function filesBeside(repo: Repo, { path, package: name, buildTags }: FileFacts): FileFacts[] {
  return [...repo.texts.keys()]
    .filter(other => other !== path && other.endsWith('.go') && dirname(other) === dirname(path))
    .flatMap(other => repo.facts(other) ?? [])
    .filter(other => other.package === name)
    .filter(other => !buildTags || !other.buildTags || other.buildTags === buildTags);
}

/** What a file declares for its whole package, methods with their types. */
function namesOf({ consts, vars, types, funcs }: FileFacts): string[] {
  const values = [...consts, ...vars, ...types].map(({ name }) => name);
  const functions = funcs.map(({ name, receiver }) =>
    receiver ? `${receiver.type}.${name}` : name,
  );
  return [...values, ...functions.filter(name => name !== 'init')].filter(name => name !== '_');
}
