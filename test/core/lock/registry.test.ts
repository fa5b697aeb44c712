import assert from 'node:assert/strict';
import type { RegisteredVersion } from '../../../core/lock/registry.ts';
import { plansThatRan, readRegistry } from '../../../core/lock/registry.ts';

function read(json: unknown): readonly RegisteredVersion[] {
  const found = readRegistry(JSON.stringify(json));
  assert.ok(!('error' in found), JSON.stringify(found));
  return found;
}

describe('readRegistry', () => {
  it('reads names, heights and tags, oldest first; the first version has no upgrade', () => {
    const versions = [
      {
        name: 'v2',
        height: 1234,
        recommended_version: 'v2.0.1',
        tag: 'v2.0.0',
        compatible_versions: ['v2.0.0', 'v2.0.1'],
      },
      { name: 'v1', height: 0, recommended_version: 'v1.0.0', next_version_name: 'v2' },
    ];
    const expected = [
      { name: 'v1', height: null, tags: ['v1.0.0'] },
      { name: 'v2', height: 1234, tags: ['v2.0.1', 'v2.0.0'] },
    ];
    assert.deepEqual(read({ chain_name: 'tally', versions }), expected);
    assert.deepEqual(read({ codebase: { versions } }), expected);
  });

  it('says in one line what is wrong', () => {
    const wrong = (text: string) => {
      const found = readRegistry(text);
      return 'error' in found ? found.error : 'taken';
    };
    assert.match(wrong('{'), /^this is no JSON: /);
    assert.match(wrong('[]'), /it lists no "versions": give the versions\.json of a chain/);
    assert.match(wrong('{"versions":[]}'), /it lists no "versions"/);
    assert.match(wrong('{"versions":[{"name":"v1"},{"height":5}]}'), /entry 2 .* lacks a name/);
    assert.match(wrong('{"versions":[{"name":"v1","height":"5"}]}'), /entry 1 .* is no number/);
  });
});

describe('plansThatRan', () => {
  const version = (name: string, height: number | null, ...tags: string[]) => ({
    name,
    height,
    tags,
  });

  it('gives the plans their names in the code', () => {
    const versions = [version('v1', null), version('v2', 5), version('v3.0', 9, 'v3.0.2')];
    assert.deepEqual(plansThatRan(versions, ['v2.0.0', 'v3.0.2']), {
      applied: [
        { name: 'v2.0.0', height: 5 },
        { name: 'v3.0.2', height: 9 },
      ],
      unlisted: [],
    });
  });

  it('a plan that it lacks did not run, where all that ran is known', () => {
    const versions = [version('v7', 5), version('v8.1.0', 9)];
    assert.deepEqual(plansThatRan(versions, ['v7', 'v8.0.0', 'v8.1.0']), {
      applied: [
        { name: 'v7', height: 5 },
        { name: 'v8.1.0', height: 9 },
      ],
      unlisted: ['v8.0.0'],
    });
  });

  it('a plan that it lacks may have run under another name', () => {
    const versions = [version('v7', 5), version('Grand Opening', 9)];
    assert.deepEqual(plansThatRan(versions, ['v7', 'v8']), {
      applied: [
        { name: 'v8', height: null },
        { name: 'v7', height: 5 },
        { name: 'Grand Opening', height: 9 },
      ],
      unlisted: ['v8'],
    });
  });

  it('handlers that are gone from the code are no riddle', () => {
    const versions = [version('v1.1', 3), version('v7', 5)];
    const { applied, unlisted } = plansThatRan(versions, ['v7', 'v8']);
    assert.deepEqual([applied.map(({ name }) => name), unlisted], [['v1.1', 'v7'], ['v8']]);
  });
});
