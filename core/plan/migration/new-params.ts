import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { MigrationBody } from './body.ts';
import type { DefaultParams } from './default-params.ts';
import { defaultParams, paramKeys } from './default-params.ts';
import type { BodyGenerator, GeneratedBody, KeeperAccess } from './generated-body.ts';
import type { OwnParams, ParamsType, SubspaceParams } from './params.ts';
import { keptParams } from './params.ts';
import { aligned } from './test-file.ts';

/**
 * A migration that gives new parameters their default values and keeps all others, in the module's
 * own way of keeping them.
 */
export function newParams(repo: Repo, fields: readonly string[]): BodyGenerator {
  return access => {
    const kept = keptParams(repo, access);
    const defaults = defaultParams(repo, kept.type);
    const known = fields.map(field => knownField(field, defaults, kept.type));
    return kept.kind === 'own'
      ? inOwn(repo, access, kept, known, defaults.text)
      : inSubspace(repo, access, kept, known, defaults.text);
  };
}

/** A field as Go spells it; refused where the default parameters do not set it. */
function knownField(field: string, defaults: DefaultParams, { dir }: ParamsType): string {
  const found = defaults.fields.find(one => same(one, field));
  if (found !== undefined) return found;
  const set = defaults.fields.length > 0 ? ` (it sets ${defaults.fields.join(', ')})` : '';
  throw new Refusal(`${defaults.text} sets no ${field}${set}; give it a default there first`, {
    file: dir,
  });
}

/** Whether a name of the proto file or of Go means that field. */
function same(field: string, asked: string): boolean {
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  return plain(field) === plain(asked);
}

function inOwn(
  repo: Repo,
  { dir }: KeeperAccess,
  kept: OwnParams,
  fields: readonly string[],
  defaults: string,
): GeneratedBody {
  const { type, held, get, set } = kept;
  const imports = named(repo, dir, [type.import, ...kept.imports]);
  const data = {
    type: type.text,
    held: held.name,
    get,
    set,
    taken: `${set.pointer ? '*' : ''}${type.text}`,
    given: `${set.pointer ? '&' : ''}params`,
    stored: `${set.pointer ? '*' : ''}params`,
    fields,
    defaults,
  };
  const template = held.type === 'ParamsStore' ? 'params-store' : 'params-keeper';
  return {
    handed: [held],
    imports: [type.import, ...kept.imports],
    types: render(`migration/${template}.go`, data).trimEnd(),
    body: {
      text: render('migration/new-params.go', data).trimEnd(),
      below: '',
      imports,
      test: func => ({
        text: render('migration/new-params-test.go', { ...data, func }),
        imports: new Map([...imports, reflect]),
      }),
    },
  };
}

function inSubspace(
  repo: Repo,
  { dir }: KeeperAccess,
  { type, held }: SubspaceParams,
  fields: readonly string[],
  defaults: string,
): GeneratedBody {
  const keys = paramKeys(repo, type);
  const imports = named(repo, dir, [type.import]);
  const entries = fields.map(field => ({ field, key: keyFor(field, keys, type) }));
  const data = {
    held: held.name,
    entries,
    defaults,
    lines: aligned(
      entries.map(({ key, field }) => ({ key: `string(${key})`, value: `defaults.${field}` })),
    ),
  };
  return {
    handed: [held],
    imports: [type.import],
    types: render('migration/params-subspace.go', data).trimEnd(),
    body: {
      text: render('migration/new-subspace-params.go', data).trimEnd(),
      below: '',
      imports,
      test: func => ({
        text: render('migration/new-subspace-params-test.go', { ...data, func }),
        imports: new Map([...imports, reflect]),
      }),
    },
  };
}

/** The key of a field in x/params, as a migration in a package of its own names it. */
function keyFor(field: string, keys: ReadonlyMap<string, string>, type: ParamsType): string {
  const key = keys.get(field);
  if (key === undefined)
    throw new Refusal(
      `ParamSetPairs of ${type.text} lists no ${field}, so x/params would not take it; ` +
        'add it there first',
      { file: type.dir },
    );
  if (!/^[A-Z]\w*$/.test(key))
    throw new Refusal(
      `the key of ${field} in x/params is ${key}, which a migration in a package of its own ` +
        'cannot name; export it',
      { file: type.dir },
    );
  return `${type.text.replace(/\w+$/, '')}${key}`;
}

const reflect: readonly [string, ImportSpec] = ['reflect', { path: 'reflect', alias: undefined }];

function named(repo: Repo, dir: string, imports: readonly ImportSpec[]): MigrationBody['imports'] {
  return new Map(imports.map(spec => [qualifierOf(repo, dir, spec), spec]));
}
