import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ModuleFile } from '../../../core/sdk/module-file.ts';
import { moduleRows } from '../../../core/sdk/module-file.ts';
import { modules } from '../../../core/sdk/modules.ts';
import type { Schema } from '../../support/json-schema.ts';
import { schemaFaults } from '../../support/json-schema.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(`core/sdk/${file}`, 'utf8'));

describe('the table of modules', () => {
  const file = read('modules.json') as ModuleFile;
  const schema = read('modules.schema.json') as Schema;

  it('is as its schema asks', () => {
    assert.deepEqual(schemaFaults(schema, file), []);
  });

  it('is refused by its schema with a remark in a path, and with a store of no kind', () => {
    const packages = [
      {
        path: 'example.com/x/a (unverified)',
        alias: 'a',
        stores: [{ const: 'StoreKey', value: 'a', kind: 'x' }],
      },
    ];
    const wrong = { projects: { example: [] }, modules: [{ project: 'example', packages }] };
    assert.deepEqual(schemaFaults(schema, wrong), [
      '/modules/0: lacks module',
      '/modules/0: lacks consensusVersions',
      '/modules/0/packages/0/path: does not match',
      '/modules/0/packages/0/stores/0/kind: is none of the values',
    ]);
  });

  it('is what the engine holds, with no constant twice for one release', () => {
    assert.deepEqual(modules, moduleRows(file));
    const seen = modules.flatMap(row =>
      row.releases.map(release => `${row.importPath}.${row.const} ${release}`),
    );
    assert.equal(new Set(seen).size, seen.length);
  });

  it('holds plain words alone', () => {
    for (const row of modules)
      for (const word of [row.importPath, row.alias, ...row.releases])
        assert.equal(/^[^()]+$/.test(word), true, word);
  });

  it('expands ranges of releases, and one path for each major version', () => {
    const rows = moduleRows({
      projects: { kit: ['v1', 'v2', 'v3'] },
      modules: [
        {
          module: 'bank',
          project: 'kit',
          packages: [
            {
              path: 'example.com/kit/{major}/x/bank/types',
              alias: 'banktypes',
              releases: ['v1..v2'],
              stores: [{ const: 'StoreKey', value: 'bank', kind: 'kv' }],
            },
          ],
          consensusVersions: { v1: 1, 'v2..v3': 2 },
        },
      ],
    });
    assert.deepEqual(
      rows.map(row => [row.importPath, row.releases]),
      [
        ['example.com/kit/x/bank/types', ['kit v1']],
        ['example.com/kit/v2/x/bank/types', ['kit v2']],
      ],
    );
    assert.deepEqual(rows[0]?.consensusVersions, { 'kit v1': 1, 'kit v2': 2, 'kit v3': 2 });
  });

  it('throws for a release that its project does not have', () => {
    const entry = { module: 'a', project: 'kit', packages: [], consensusVersions: { v9: 1 } };
    assert.throws(
      () => moduleRows({ projects: { kit: ['v1'] }, modules: [entry] }),
      /no releases v9/,
    );
    assert.throws(() => moduleRows({ projects: {}, modules: [entry] }), /no known project/);
  });
});
