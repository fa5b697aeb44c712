import assert from 'node:assert/strict';
import { join } from 'node:path';
import { backendOf, recogniseState } from '../../../rehearse/state/recognise.ts';
import { tempDir } from '../../support/temp.ts';

const database = 'application.db/CURRENT';

describe('a state that is given', () => {
  it("is a node's home, or its data folder", async () => {
    const home = tempDir({ [`data/${database}`]: '', 'config/genesis.json': '{}' });
    const data = join(home, 'data');
    assert.deepEqual(await recogniseState(home), { kind: 'home', path: home });
    assert.deepEqual(await recogniseState(data), { kind: 'data', path: data });
    assert.deepEqual(await recogniseState(join(data, 'application.db')), {
      kind: 'data',
      path: data,
    });
  });

  it('is an archive or a genesis', async () => {
    const names = ['a.tar', 'a.tar.gz', 'a.tgz', 'a.tar.lz4', 'a.tar.zst'];
    const dir = tempDir({
      ...Object.fromEntries(names.map(name => [name, 'x'])),
      'genesis.json': '\n {"chain_id": "tiny-1"}',
      exported: '{}',
    });
    for (const name of names)
      assert.equal((await recogniseState(join(dir, name))).kind, 'archive', name);
    for (const name of ['genesis.json', 'exported'])
      assert.equal((await recogniseState(join(dir, name))).kind, 'genesis', name);
  });

  const refused: readonly (readonly [string, Record<string, string>, string, RegExp])[] = [
    ['is not there', {}, 'gone', /gone: no such file or folder$/],
    ['is an empty folder', {}, '', /has no application\.db: expected a stopped node's home/],
    ['is some file', { 'a.txt': 'hello' }, 'a.txt', /a\.txt is no state that can be read: /],
    ['is JSON, and no object', { 'a.json': '[1]' }, 'a.json', /is no state that can be read/],
    ['is kept in memiavl', { 'data/memiavl.db/current/a': '' }, '', /its state in memiavl, /],
    [
      'is kept in memiavl, beside a database that is left from before',
      { 'data/memiavl.db/current/a': '', [`data/${database}`]: '' },
      '',
      /its state in memiavl, which cannot be read here: give a genesis/,
    ],
    ['is kept in iavlx', { 'data/iavlx/bank/a': '' }, '', /its state in iavlx, /],
  ];
  for (const [title, files, name, message] of refused) {
    it(`is refused where it ${title}`, async () => {
      await assert.rejects(recogniseState(join(tempDir(files), name)), message);
    });
  }
});

describe('the database of a state', () => {
  const options = (product: string) => `[Version]\n  ${product}_version=1.0\n`;
  const db = (files: Record<string, string>) =>
    tempDir(
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`application.db/${name}`, text]),
      ),
    );

  it('is known by its files', () => {
    assert.equal(backendOf(db({ CURRENT: '', '000001.log': '' })), 'goleveldb');
    assert.equal(backendOf(db({ CURRENT: '', 'OPTIONS-000003': options('pebble') })), 'pebbledb');
  });

  it('is refused where it is another', () => {
    assert.throws(
      () => backendOf(db({ CURRENT: '', 'OPTIONS-000007': options('rocksdb') })),
      /in RocksDB, which cannot be read here/,
    );
    assert.throws(() => backendOf(tempDir({ 'application.db': 'bolt' })), /is a file: only/);
    assert.throws(() => backendOf(db({ '000001.vlog': '' })), /it has no file CURRENT$/);
  });
});
