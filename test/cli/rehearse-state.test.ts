import assert from 'node:assert/strict';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { chainToRehearse, rehearsed } from '../support/rehearsed.ts';
import { tempDir, treeOf } from '../support/temp.ts';

describe('chain-upgrade rehearse --state', function () {
  this.timeout(60_000);
  let dir: string;
  let link: Buffer;
  before(async () => {
    dir = chainToRehearse();
    const pack = tar.pack();
    pack.entry({ name: 'data/application.db/CURRENT' }, 'm');
    pack.entry({ name: 'data/a', type: 'symlink', linkname: '/etc' });
    pack.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of pack) chunks.push(chunk as Buffer);
    link = Buffer.concat(chunks);
  });

  const given = () =>
    tempDir({
      'link.tar': link,
      'half.tar.gz': gzipSync(link).subarray(0, 40),
      'genesis.json': '{"chain_id":"a-1","app_state":{"bank"',
      'note.txt': 'hello',
      'memiavl/data/memiavl.db/current': '',
      'rocks/data/application.db/CURRENT': '',
      'rocks/data/application.db/OPTIONS-000007': '[Version]\n  rocksdb_version=9.0.0\n',
    });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['nothing', /cannot read .*nothing: no such file or folder$/],
    ['note.txt', /note\.txt is no state that can be read: an archive is a \.tar, /],
    ['link.tar', /link\.tar is not unpacked: "data\/a" in it is a symlink, /],
    ['half.tar.gz', /half\.tar\.gz ends too early: it is not whole$/],
    ['genesis.json', /genesis\.json ends too early: it is not whole$/],
    ['memiavl', /memiavl keeps its state in memiavl, which cannot be read here: /],
    ['rocks', /application\.db keeps its state in RocksDB, which cannot be read here: /],
  ];
  for (const [name, message] of refused) {
    it(`refuses ${name} in one line before anything is built, and leaves it as it is`, () => {
      const files = given();
      const before = treeOf(files);
      const { status, stderr, stdout, calls } = rehearsed(dir, {}, '--state', join(files, name));
      assert.equal(status, 2, stderr);
      const [error, ...others] = stderr.split('\n').filter(line => line.includes('error: '));
      assert.match(error!, message);
      assert.deepEqual(others, []);
      assert.ok('error' in (JSON.parse(stdout) as object), stdout);
      assert.deepEqual(calls(), []);
      assert.deepEqual(treeOf(files), before);
    });
  }

  it('takes nothing that is for a new chain', () => {
    for (const [option, value] of [
      ['--fees', '5stake'],
      ['--propose', 'true'],
    ] as const) {
      const { status, stderr } = rehearsed(dir, {}, '--state', given(), option, value);
      assert.equal(status, 2);
      assert.match(stderr, new RegExp(`error: ${option} is of no use with --state, `));
    }
  });

  it('needs a chain that is driven', () => {
    for (const option of ['--validator', '--with-cosmovisor']) {
      const { status, stderr } = rehearsed(dir, {}, '--state', given(), option);
      assert.equal(status, 2);
      assert.match(stderr, new RegExp(`--state needs a chain that is driven: leave ${option} out`));
    }
  });
});
