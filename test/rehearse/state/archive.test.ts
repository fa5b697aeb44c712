import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import type { RehearsalFolder } from '../../../rehearse/rehearsal-folder.ts';
import { readArchive, unpack } from '../../../rehearse/state/archive.ts';
import { tempDir } from '../../support/temp.ts';

const running = new AbortController().signal;
const state = {
  './data/application.db/CURRENT': 'MANIFEST-000010',
  './data/application.db/000008.ldb': 'table'.repeat(1000),
  './data/blockstore.db/CURRENT': 'blocks',
  './config/node_key.json': 'secret',
  './wasm/wasm/state/wasm/abc': 'code',
};

/** A tar of these files; the entries after them are written as they are. */
async function tarOf(
  files: Readonly<Record<string, string | Buffer>>,
  ...more: tar.Headers[]
): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content);
  for (const header of more) pack.entry({ ...header, size: 0 }, '');
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function given(name: string, bytes: Buffer): { path: string; place: RehearsalFolder; dir: string } {
  const dir = tempDir();
  const path = join(dir, name);
  const run = join(dir, 'run');
  mkdirSync(run);
  writeFileSync(path, bytes);
  const place = { dir: run, started() {}, ended() {}, leave() {} };
  return { path, place, dir };
}

async function unpacked(name: string, bytes: Buffer): Promise<string> {
  const { path, place } = given(name, bytes);
  const home = join(place.dir, 'home');
  await unpack(await readArchive(path, place, running), home, place, running);
  return home;
}

function holdsState(home: string): void {
  const read = (file: string) => readFileSync(join(home, file), 'utf8');
  assert.equal(read('data/application.db/000008.ldb'), state['./data/application.db/000008.ldb']);
  assert.equal(read('wasm/wasm/state/wasm/abc'), 'code');
  assert.deepEqual(readdirSync(join(home, 'data')), ['application.db']);
  assert.equal(existsSync(join(home, 'config')), false);
}

describe('an archive of a state', () => {
  it('is unpacked, plain and compressed', async () => {
    const bytes = await tarOf(state);
    holdsState(await unpacked('a.tar', bytes));
    for (const name of ['a.tar.gz', 'a.tgz']) holdsState(await unpacked(name, gzipSync(bytes)));
  });

  for (const [ending, program] of [
    ['lz4', 'lz4'],
    ['zst', 'zstd'],
  ] as const) {
    const compress = (input: Buffer) => spawnSync(program, ['-c', '-q'], { input });

    it(`is unpacked by ${program}`, async function () {
      const { error, stdout } = compress(await tarOf(state));
      if (error) this.skip();
      holdsState(await unpacked(`a.tar.${ending}`, stdout));
    });

    it(`is refused where ${program} cannot read it`, async function () {
      const { error, stdout } = compress(await tarOf(state));
      if (error) this.skip();
      const half = stdout.subarray(0, stdout.length - 20);
      await assert.rejects(unpacked(`a.tar.${ending}`, half), /cannot be decompressed: |whole$/);
    });

    it(`names ${program} where it is not installed`, async () => {
      const { PATH } = process.env;
      process.env['PATH'] = tempDir();
      try {
        await assert.rejects(
          unpacked(`a.tar.${ending}`, Buffer.alloc(0)),
          new RegExp(
            `needs the program ${program}: ${program} is not installed, or not in the PATH`,
          ),
        );
      } finally {
        process.env['PATH'] = PATH;
      }
    });
  }

  it('is refused where it was cut off, wherever that is', async () => {
    const bytes = await tarOf(state);
    const zipped = gzipSync(bytes);
    for (const length of [100, 512 * 2, 5000, bytes.length - 1024])
      await assert.rejects(
        unpacked('a.tar', bytes.subarray(0, length)),
        /a\.tar ends too early: it is not whole$/,
        String(length),
      );
    for (const length of [5, 100, zipped.length - 1])
      await assert.rejects(
        unpacked('a.tar.gz', zipped.subarray(0, length)),
        /a\.tar\.gz ends too early: it is not whole$/,
        String(length),
      );
  });

  it('is refused where it is none', async () => {
    await assert.rejects(
      unpacked('a.tar', Buffer.alloc(4096, 'a')),
      /cannot be read as an archive/,
    );
    await assert.rejects(
      unpacked('a.tgz', Buffer.alloc(4096, 'a')),
      /cannot be read as an archive/,
    );
    await assert.rejects(unpacked('a.tar', await tarOf({ a: 'b' })), /holds no state/);
  });

  const hostile: readonly (readonly [string, tar.Headers])[] = [
    ['leads out of it', { name: 'data/../../escaped' }],
    ['is an absolute path', { name: '/tmp/escaped' }],
    ['is a link', { name: 'data/a', type: 'symlink', linkname: '/etc' }],
    ['is a hard link', { name: 'data/a', type: 'link', linkname: '/etc/passwd' }],
    ['is a device', { name: 'data/a', type: 'character-device' }],
    ['is there twice', { name: 'data/application.db/CURRENT' }],
  ];
  for (const [title, header] of hostile) {
    it(`is refused before anything is written where an entry ${title}`, async () => {
      const { path, place, dir } = given('a.tar', await tarOf(state, header));
      await assert.rejects(readArchive(path, place, running), /a\.tar is not unpacked: /);
      assert.deepEqual(readdirSync(dir).sort(), ['a.tar', 'run']);
      assert.deepEqual(readdirSync(place.dir), []);
    });
  }

  it('that the SDK made says its height', async () => {
    const snapshot = Buffer.from([0x08, 0x90, 0x4e, 0x10, 0x03, 0x18, 0x01]);
    const bytes = await tarOf({ _snapshot: snapshot, 0: 'chunk' });
    const { path, place } = given('10000-3.tar', bytes);
    const archive = await readArchive(path, place, running);
    assert.deepEqual(
      [archive.layout.kind, archive.snapshot],
      ['snapshot', { height: 10_000, format: 3 }],
    );
  });
});
