import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { MigrationBody } from './body.ts';
import { defaultParams, paramKeys } from './default-params.ts';
import type { BodyGenerator, GeneratedBody, KeeperAccess } from './generated-body.ts';
import type { OwnParams, SubspaceParams } from './params.ts';
import { keptParams } from './params.ts';
import { aligned } from './test-file.ts';

/**
 * A migration that gives new parameters their default values and keeps all others, in the module's
 * own way of keeping them.
 */
export function newParams(repo: Repo, fields: readonly string[]): BodyGenerator {
  return holder => {
    const kept = keptParams(repo, holder);
    const { type } = kept;
    const defaults = defaultParams(repo, type);
    const known = fields.map(field => {
      const found = defaults.fields.find(f => same(f, field));
      if (found === undefined)
        throw new Refusal(
          `${defaults.text} sets no ${field}${defaults.fields.length ? ` (it sets ${defaults.fields.join(', ')})` : ''}; give it a default there first`,
          { file: type.dir },
        );
      return found;
    });
    return kept.kind === 'own'
      ? inOwn(repo, holder, kept, known, defaults.text)
      : inSubspace(repo, holder, kept, known, defaults.text);
  };
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
  return {
    handed: [held],
    imports: [type.import, ...kept.imports],
    types: render(
      `migration/${held.type === 'ParamsStore' ? 'params-store' : 'params-keeper'}.go`,
      data,
    ).trimEnd(),
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
  const entries = fields.map(field => {
    const key = keys.get(field);
    if (key === undefined)
      throw new Refusal(
        `ParamSetPairs of ${type.text} lists no ${field}, so x/params would not take it; add it there first`,
        { file: type.dir },
      );
    if (!/^[A-Z]\w*$/.test(key))
      throw new Refusal(
        `the key of ${field} in x/params is ${key}, which a migration in a package of its own cannot name; export it`,
        { file: type.dir },
      );
    return { field, key: `${type.text.replace(/\w+$/, '')}${key}` };
  });
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

const reflect: readonly [string, ImportSpec] = ['reflect', { path: 'reflect', alias: undefined }];

function named(repo: Repo, dir: string, imports: readonly ImportSpec[]): MigrationBody['imports'] {
  return new Map(imports.map(wanted => [qualifierOf(repo, dir, wanted), wanted]));
}
