import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import type { PlanJson } from '../../cli/plan-json.ts';
import { hashFile } from '../../host/hash.ts';
import { chainCopy, cliHere } from '../support/cli.ts';
import { tempDir } from '../support/temp.ts';

const sha = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const url = 'https://example.org/releases/download/v3.0.0/harbourd-amd64';

async function planned(dir: string, ...args: string[]): Promise<PlanJson> {
  const { stdout, stderr } = await cliHere([
    ...['manifest', 'v3', ...args, '--dir', dir],
    ...['--yes', '--format', 'json'],
  ]);
  assert.ok(stdout.startsWith('{'), stderr);
  return JSON.parse(stdout) as PlanJson;
}

async function refused(...args: string[]): Promise<string> {
  const plan = await planned(chainCopy('list'), ...args);
  assert.deepEqual(plan.creates, []);
  return plan.refused!.reason;
}

function fileIn({ creates }: PlanJson, name: string): string {
  const file = creates.find(create => create.file === `operators/local/v3/${name}`);
  assert.ok(file, `there is no ${name}`);
  return file.text;
}

/** A tar with these files. */
async function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, text] of Object.entries(files)) pack.entry({ name }, text);
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('chain-upgrade manifest', () => {
  it('writes binaries with their checksums', async () => {
    const hash = 'AB'.repeat(32);
    const plan = await planned(chainCopy('list'), '--binary', `linux/amd64=${url}#sha256:${hash}`);
    assert.deepEqual(JSON.parse(fileIn(plan, 'manifest.json')), {
      binaries: { 'linux/amd64': `${url}?checksum=sha256:${hash.toLowerCase()}` },
      upgrade_kit: {
        version: 'v3.0.0',
        commit: null,
        binary_sha256: { 'linux/amd64': hash.toLowerCase() },
      },
    });
    assert.equal(fileIn(plan, 'checksums.txt'), `${hash.toLowerCase()}  harbourd-amd64\n`);
  });
  it('hashes files, and says where it is served', async () => {
    const dir = chainCopy('list');
    writeFileSync(join(dir, 'd'), 'a binary');
    const plan = await planned(
      dir,
      ...['--binary', `linux/arm64=${url}?x=1`, '--file', `linux/arm64=${join(dir, 'd')}`],
      ...['--url', 'https://example.org/manifest.json'],
    );
    const manifest = fileIn(plan, 'manifest.json');
    assert.ok(manifest.includes(`${url}?x=1&checksum=sha256:${sha('a binary')}`));
    const info = `https://example.org/manifest.json?checksum=sha256:${sha(manifest)}`;
    assert.ok(
      plan.notes.some(note => note.includes(info)),
      plan.notes.join('\n'),
    );
  });
  it('becomes the info of a proposal beside it', async () => {
    const dir = chainCopy('list');
    const hash = sha('x');
    await planned(dir, '--binary', `linux/amd64=${url}#sha256:${hash}`);
    const { stdout } = await cliHere([
      ...['proposal', 'v3', '--height', '9', '--deposit', '1uatom', '--dir', dir, '--yes'],
      ...['--authority', 'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn', '--format', 'json'],
    ]);
    const { text } = (JSON.parse(stdout) as PlanJson).creates[0]!;
    const { messages } = JSON.parse(text) as { messages: { plan: { info: string } }[] };
    const info = { binaries: { 'linux/amd64': `${url}?checksum=sha256:${hash}` } };
    assert.equal(messages[0]!.plan.info, JSON.stringify(info));
  });
  it('writes further documents', async () => {
    const given = ['--binary', `linux/amd64=${url}#sha256:${sha('x')}`];
    const plan = await planned(
      chainCopy('list'),
      ...given,
      ...['--also', 'chain-registry,kubernetes'],
    );
    const entry = JSON.parse(fileIn(plan, 'versions-entry.json')) as Record<string, unknown>;
    assert.deepEqual(
      [entry['name'], entry['tag'], entry['height'], entry['sdk']],
      ['v3', 'v3.0.0', null, { type: 'cosmos', version: '0.50.13' }],
    );
    assert.match(fileIn(plan, 'kubernetes.json'), /"image": "\$IMAGE:v3\.0\.0"/);
  });
  it('is refused where a hash is missing or wrong', async () => {
    const file = join(tempDir(), 'd');
    writeFileSync(file, 'a binary');
    const binary = ['--binary', `linux/amd64=${url}`];
    const other = ['--binary', `linux/amd64=${url}#sha256:${sha('another')}`];
    assert.match(await refused(...binary), /the hash of linux\/amd64 is not known/);
    assert.match(await refused(), /needs binaries/);
    assert.match(await refused(...other, '--file', `linux/amd64=${file}`), /not the one given/);
    assert.match(await refused(...binary, '--file', 'linux/amd64=nowhere'), /cannot be hashed/);
    assert.match(await refused(...binary, '--file', `linux/arm64=${file}`), /no --binary names/);
    assert.match(await refused('--binary', `amiga=${url}`), /unknown platform "amiga"/);
    assert.match(await refused('--binary', 'linux/amd64=ftp://x'), /has to be one of http/);
    assert.match(await refused(...binary, '--also', 'ansible'), /not ansible/);
    const short = await refused('--binary', `linux/amd64=${url}#sha256:abc`);
    assert.match(short, /64 hexadecimal digits/);
  });
});

describe('a download', () => {
  it('happens only where it is asked for, and has to have the hash that was given', async () => {
    const archive = gzipSync(await tarOf({ 'README.md': 'x', 'bin/harbourd': 'the binary' }));
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      if (request.url === '/moved') response.writeHead(302, { location: '/d.tar.gz' }).end();
      else if (request.url === '/d.tar.gz') response.end(archive);
      else response.writeHead(404).end();
    });
    await new Promise<void>(done => void server.listen(0, '127.0.0.1', done));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const binary = `linux/amd64=${at}/d.tar.gz`;
      assert.match(await refused('--binary', binary), /pass --download/);
      assert.equal(asked, 0);
      const plan = await planned(chainCopy('list'), '--binary', binary, '--download');
      assert.ok(fileIn(plan, 'manifest.json').includes(`checksum=sha256:${sha(archive)}`));
      const wrong = `${binary}#sha256:${sha('another')}`;
      assert.match(await refused('--binary', wrong, '--download'), /not the one given/);
      const gone = `linux/amd64=${at}/gone`;
      assert.match(await refused('--binary', gone, '--download'), /server answered 404/);
    } finally {
      server.close();
    }
    const silent = `linux/amd64=${at}/d.tar.gz`;
    assert.match(await refused('--binary', silent, '--download'), /cannot be downloaded/);
  });
});

describe('the hash of a binary', () => {
  const dir = tempDir();
  const cases: readonly (readonly [name: string, bytes: () => Promise<Buffer>, own: boolean])[] = [
    ['plain', async () => Buffer.from('the binary'), true],
    ['a.tar', () => tarOf({ './d': 'the binary' }), true],
    ['b.tgz', async () => gzipSync(await tarOf({ 'bin/d': 'the binary', x: 'y' })), true],
    ['c.tar.gz', async () => gzipSync(await tarOf({ 'other/d': 'the binary' })), false],
    ['d.gz', async () => gzipSync('the binary'), true],
    ['e.zip', async () => Buffer.from('PK'), false],
  ];
  for (const [name, bytes, isFound] of cases)
    it(`is ${isFound ? '' : 'not '}found in ${name}`, async () => {
      const file = join(dir, name);
      writeFileSync(file, await bytes());
      const hashes = await hashFile(file, 'd');
      assert.equal(hashes.sha256, sha(readFileSync(file)));
      assert.equal(hashes.binary, isFound ? sha('the binary') : undefined);
    });
  it('is refused of a broken archive', async () => {
    const file = join(dir, 'broken.tar.gz');
    writeFileSync(file, gzipSync(await tarOf({ d: 'the binary'.repeat(1000) })).subarray(0, 60));
    await assert.rejects(hashFile(file, 'd'), /broken\.tar\.gz cannot be hashed: /);
  });
});
