import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../../host/disk/disk-files.ts';
import { asNormalUser, giveToNormalUser } from '../../support/normal-user.ts';
import { tempDir } from '../../support/temp.ts';

const module = new URL('../../../host/disk/disk-files.js', import.meta.url);

describe('diskFiles', () => {
  it('lists what could matter, sorted, with / between', async () => {
    const dir = tempDir({
      'go.mod': '',
      'app/app.go': '',
      'app/b/c.go': '',
      '.chain-upgrade.json': '{}',
      '.git/config': '',
      '.github/x.go': '',
      'vendor/v.go': '',
      'x/node_modules/n.go': '',
      'vendored/ok.go': '',
    });
    assert.deepEqual(await diskFiles(dir).list(), [
      '.chain-upgrade.json',
      'app/app.go',
      'app/b/c.go',
      'go.mod',
      'vendored/ok.go',
    ]);
  });

  it('keeps byte order marks and line ends', async () => {
    const text = '\uFEFFpackage a\r\n\r\nvar B = "é😀"\r\n';
    assert.equal(await diskFiles(tempDir({ 'a.go': text })).read('a.go'), text);
  });

  it('gives nothing for what is not UTF-8, not there or no file', async () => {
    const files = diskFiles(
      tempDir({
        'latin.go': Buffer.from([0x70, 0xe9]),
        'cut.go': Buffer.from([0x61, 0xf0, 0x9f]),
        'a/b.go': '',
      }),
    );
    for (const path of ['latin.go', 'cut.go', 'none.go', 'a', 'a/b.go/c.go', 'no/such.go'])
      assert.equal(await files.read(path), undefined, path);
  });

  it('follows links to files inside the root and no others', async () => {
    const outside = tempDir({ 'secret.go': 'package secret', 'sub/s.go': 'package s' });
    const dir = tempDir({ 'a/real.go': 'package a' });
    symlinkSync('a/real.go', join(dir, 'inside.go'));
    symlinkSync(join(outside, 'secret.go'), join(dir, 'outside.go'));
    symlinkSync(join(outside, 'sub'), join(dir, 'folder'));
    symlinkSync('..', join(dir, 'a/loop'));
    symlinkSync('nowhere.go', join(dir, 'broken.go'));
    const files = diskFiles(dir);
    assert.deepEqual(await files.list(), ['a/real.go', 'inside.go']);
    assert.equal(await files.read('inside.go'), 'package a');
    for (const path of ['outside.go', 'folder/s.go', '../x.go', 'broken.go'])
      assert.equal(await files.read(path), undefined, path);
  });

  it('works below a linked root', async () => {
    const dir = tempDir({ 'chain/a.go': 'package a' });
    symlinkSync('chain', join(dir, 'link'));
    const files = diskFiles(join(dir, 'link'));
    assert.deepEqual(await files.list(), ['a.go']);
    assert.equal(await files.read('a.go'), 'package a');
  });

  it('names the folders that it may not read, and fails on a file that it may not read', function () {
    if (process.platform === 'win32') {
      console.log('      not run: Windows has no permission bits');
      return this.skip();
    }
    const dir = tempDir({ 'a.go': 'package a', 'secret.go': 'package secret' });
    mkdirSync(join(dir, 'data'));
    giveToNormalUser(dir);
    chmodSync(join(dir, 'data'), 0);
    chmodSync(join(dir, 'secret.go'), 0);
    const said = asNormalUser(
      { disk: module },
      `
      const closed = [], files = disk.diskFiles(args[0], folder => closed.push(folder));
      const list = await files.list();
      const failed = await files.read('secret.go').catch(error => error.message + (typeof error.code));
      console.log(JSON.stringify({ list, closed, failed }));`,
      dir,
    );
    chmodSync(join(dir, 'data'), 0o755);
    assert.deepEqual(JSON.parse(said), {
      list: ['a.go', 'secret.go'],
      closed: ['data'],
      failed: 'cannot read secret.go: permission deniedundefined',
    });
  });

  it('fails plainly on a root that is gone', async () => {
    const files = diskFiles('/no/such/root');
    const plain = (error: Error) =>
      !('code' in error) &&
      /cannot read \/no\/such\/root: no such file or folder/.test(error.message);
    await assert.rejects(files.list(), plain);
    assert.equal(await files.read('a.go'), undefined);
  });
});
