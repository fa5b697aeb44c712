import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';

/** The names that a package's files declare for all of them. */
export function namesIn(repo: Repo, dir: string): ReadonlySet<string> {
  return new Set(
    repo
      .filesOf(dir)
      .flatMap(({ consts, vars, types, funcs }) => [
        ...[...consts, ...vars, ...types].map(({ name }) => name),
        ...funcs.filter(({ receiver }) => !receiver).map(({ name }) => name),
      ]),
  );
}

/**
 * A text whose imports have names that its package does not declare; `imports` is changed along
 * with it.
 */
export function withFreeNames(
  body: string,
  imports: Map<string, ImportSpec>,
  taken: ReadonlySet<string>,
): string {
  let text = body;
  for (const [name, { path }] of [...imports]) {
    if (!taken.has(name)) continue;
    const alias = `sdk${name}`;
    imports.delete(name);
    imports.set(alias, { path, alias });
    text = text.replace(new RegExp(`(?<![.\\w])${name}\\.`, 'g'), `${alias}.`);
  }
  return text;
}
