import { basename } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import { fieldsOf, structOf } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Definition, Repo } from '../../go/repo/repo.ts';
import type { App } from '../chain.ts';
import type { EraName } from './names.ts';
import { eraName, erasNamedIn } from './names.ts';
import type { EraSwitch } from './switches.ts';
import { readEraSwitches } from './switches.ts';

/** A constant of the framework that names an era. */
export interface EraConstant {
  readonly name: string;
  /** What the constant is called. */
  readonly ident: string;
  readonly definition: Definition;
}

/**
 * The eras of an app (docs/eras.md): which ones this binary knows, the release that first knew each,
 * and the switches that hold a behaviour for each.
 */
export interface Eras {
  /** The folder of the framework's package. */
  readonly dir: string;
  readonly supported: readonly EraName[];
  /** Whether all of `Supported` was read. */
  readonly isWhole: boolean;
  /** `Supported`, and its value. */
  readonly definition: Definition;
  readonly list: Expr;
  readonly constants: readonly EraConstant[];
  /** The first release that knows an era; null where it cannot be read. */
  readonly since: ReadonlyMap<string, string | null>;
  /** The era that a chain without markers is in; null where it cannot be read. */
  readonly first: string | null;
  readonly switches: readonly EraSwitch[];
}

/** The package of the framework, as `era` writes it. */
const packageName = 'era';

/** The eras of an app; undefined where it has no such framework. */
export function readErasOf(repo: Repo, app: Pick<App, 'dir'>): Eras | undefined {
  // Rules ask at every keystroke, of chains that mostly have none.
  const mayHaveSome = memoize(repo.packages, 'may have eras', () =>
    [...repo.packages.keys()].some(dir => basename(dir) === packageName),
  );
  if (!mayHaveSome) return undefined;
  return memoize(repo, `eras of ${app.dir}`, () => {
    for (const dir of repo.layout.closure(app.dir)) {
      const eras = basename(dir) === packageName ? erasIn(repo, dir) : undefined;
      if (eras) return eras;
    }
    return undefined;
  });
}

/** The framework in a folder: a type Era, what is supported of it, and a function that switches. */
function erasIn(repo: Repo, dir: string): Eras | undefined {
  const [definition, ...others] = repo.values(dir, 'Supported');
  const value = definition?.spec.value;
  const isFramework = repo.func(dir, 'NewSwitch') !== undefined && hasEraType(repo, dir);
  if (!definition || !value || !isFramework) return undefined;
  const list = { facts: definition.facts, node: value };
  const supported = erasNamedIn(repo, list);
  return {
    dir,
    supported,
    isWhole: others.length === 0 && supported.every(({ name }) => name !== null),
    definition,
    list,
    constants: constantsIn(repo, dir),
    since: sinceIn(repo, dir),
    first: firstIn(repo, dir),
    switches: readEraSwitches(repo, dir),
  };
}

function hasEraType(repo: Repo, dir: string): boolean {
  return repo.filesOf(dir, /\bEra\b/).some(({ types }) => types.some(({ name }) => name === 'Era'));
}

function constantsIn(repo: Repo, dir: string): EraConstant[] {
  return repo.filesOf(dir, /\bEra\b/).flatMap(facts =>
    facts.consts.flatMap(spec => {
      const { type, value } = spec;
      const isEra = type !== undefined && facts.text.slice(type.start, type.end) === 'Era';
      const name = isEra && value ? eraName(repo, { facts, node: value }) : null;
      const definition = { facts, spec, constant: true };
      return name === null || spec.name === 'First' ? [] : [{ name, ident: spec.name, definition }];
    }),
  );
}

function sinceIn(repo: Repo, dir: string): Map<string, string | null> {
  const since = repo.value(dir, 'Since');
  const node = since?.spec.value;
  const struct = node && structOf(repo, { facts: since.facts, node });
  if (!struct) return new Map();
  const keys = erasNamedIn(repo, struct.expr);
  const values = fieldsOf(struct).map(({ value }) => eraName(repo, value));
  return new Map(
    keys.flatMap(({ name }, i) => (name === null ? [] : [[name, values[i] ?? null] as const])),
  );
}

function firstIn(repo: Repo, dir: string): string | null {
  const first = repo.value(dir, 'First');
  const node = first?.spec.value;
  return node ? eraName(repo, { facts: first.facts, node }) : null;
}
