import assert from 'node:assert/strict';
import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource } from '../../../core/files.ts';
import { diskFiles } from '../../../host/disk/disk-files.ts';
import { gitFiles } from '../../../host/git/git-files.ts';
import { git, History } from '../../support/git.ts';
import { tempDir, writeFiles } from '../../support/temp.ts';

async function textsOf(files: FileSource): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(
    await Promise.all(
      (await files.list()).map(async path => [path, await files.read(path)] as const),
    ),
  );
}

describe('gitFiles', () => {
  const files = {
    'go.mod': 'module a\n',
    'protocol/go.mod': 'module a/protocol\n',
    'protocol/app/app.go': '\uFEFFpackage app\r\n\r\n// é😀\r\n',
    'protocol/empty.go': '',
    'protocol/vendor/v.go': 'package v',
    'protocol/.hidden/h.go': 'package h',
    'protocol/sp ace/"q".go': 'package q',
    'protocol/latin.go': Buffer.from([0x70, 0xe9]),
  };

  it('reads what the disk held when it was committed', async () => {
    const history = new History(tempDir(files));
    symlinkSync('app/app.go', join(history.dir, 'protocol/link.go'));
    symlinkSync('../go.mod', join(history.dir, 'protocol/out.mod'));
    symlinkSync('/etc/hostname', join(history.dir, 'protocol/absolute.go'));
    symlinkSync('round.go', join(history.dir, 'protocol/round.go'));
    history.commit('v1.0.0');
    const root = join(history.dir, 'protocol');
    const before = await textsOf(diskFiles(root));
    writeFiles(history.dir, {
      'protocol/app/app.go': 'package changed',
      'protocol/new.go': 'package a',
    });
    history.commit();
    const then = await textsOf(gitFiles(root, 'v1.0.0'));
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(then).filter(([path]) => !/absolute|out\.mod|round/.test(path)),
      ),
      before,
    );
    assert.deepEqual(
      [then['absolute.go'], then['out.mod'], then['round.go']],
      [undefined, undefined, undefined],
    );
    assert.equal(then['link.go'], files['protocol/app/app.go']);
    assert.equal(await gitFiles(root, 'HEAD').read('app/app.go'), 'package changed');
    assert.equal(await gitFiles(root, 'HEAD').read('gone.go'), undefined);
    assert.equal(await gitFiles(history.dir, 'v1.0.0').read('go.mod'), 'module a\n');
  });

  it('reads hundreds of files at once, large ones too, and again after a pause', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [
        `x/f${i}.go`,
        `package f${i}\n`.repeat(i === 7 ? 200_000 : 1 + i),
      ]),
    );
    const history = new History(tempDir(many));
    history.commit();
    const source = gitFiles(history.dir, 'HEAD');
    assert.deepEqual(await textsOf(source), many);
    await new Promise(done => setTimeout(done, 50));
    assert.equal(await source.read('x/f3.go'), many['x/f3.go']);
  });

  it('reads a bare repository', async () => {
    const history = new History(tempDir({ 'a.go': 'package a' }));
    history.commit('v1.0.0');
    const bare = tempDir();
    git(bare, 'clone', '--quiet', '--bare', history.dir, '.');
    assert.deepEqual(await textsOf(gitFiles(bare, 'v1.0.0')), { 'a.go': 'package a' });
  });

  it("keeps to the folder's own repository inside a git hook", async () => {
    const history = new History(tempDir({ 'a.go': 'package a' }));
    history.commit();
    process.env['GIT_DIR'] = '/no/such/repository';
    try {
      assert.equal(await gitFiles(history.dir, 'HEAD').read('a.go'), 'package a');
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('passes over what this copy lacks, and says so', async () => {
    const history = new History(tempDir({ 'a.go': 'package a', 'b.go': 'package b' }));
    history.commit();
    removeObject(history.dir, git(history.dir, 'rev-parse', 'HEAD:b.go'));
    const lacking: string[] = [];
    assert.deepEqual(await textsOf(gitFiles(history.dir, 'HEAD', path => lacking.push(path))), {
      'a.go': 'package a',
      'b.go': undefined,
    });
    assert.deepEqual(lacking, ['b.go']);
  });

  it('fails on a partial clone instead of comparing with half a chain, and fetches nothing', async () => {
    const history = new History(tempDir({ 'a.go': 'package a' }));
    history.commit('v1.0.0');
    writeFiles(history.dir, { 'a.go': 'package b' });
    history.commit();
    git(history.dir, 'config', 'uploadpack.allowFilter', 'true');
    const clone = join(tempDir(), 'clone');
    git(history.dir, 'clone', '--quiet', '--filter=blob:none', `file://${history.dir}`, clone);
    const objects = () => readdirSync(join(clone, '.git/objects/pack')).length;
    const before = objects();
    assert.equal(await gitFiles(clone, 'HEAD').read('a.go'), 'package b');
    await assert.rejects(
      gitFiles(clone, 'v1.0.0').read('a.go'),
      /partial clone|transport 'file' not allowed/,
    );
    assert.equal(objects(), before);
  });

  it('says in one plain line what git says', async () => {
    const plain = (pattern: RegExp) => (error: Error) =>
      !('code' in error) && !error.message.includes('\n') && pattern.test(error.message);
    await assert.rejects(gitFiles(tempDir(), 'HEAD').list(), plain(/^not a git repository/));
    const history = new History(tempDir({ 'a.go': '' }));
    await assert.rejects(gitFiles(history.dir, 'HEAD').list(), plain(/HEAD/));
    history.commit();
    await assert.rejects(gitFiles(history.dir, 'nosuch').list(), plain(/nosuch/));
    for (const ref of ['--all', '-x', '', 'a\nb'])
      assert.throws(() => gitFiles(history.dir, ref), plain(/is not a git ref/));
  });
});

function removeObject(dir: string, hash: string): void {
  rmSync(join(dir, '.git/objects', hash.slice(0, 2), hash.slice(2)));
}
