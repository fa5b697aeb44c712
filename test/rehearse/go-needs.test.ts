import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { Refusal } from '../../core/refusal.ts';
import { findGo } from '../../host/go.ts';
import { goLines, tooOldFor } from '../../rehearse/go-needs.ts';
import { fakeGo } from '../support/fake-go.ts';
import { tempDir } from '../support/temp.ts';

const gomod = `module m

go 1.24

require (
	example.com/Here v1.0.0
	example.com/gone v1.2.0-RC1
	example.com/other v0.1.0
	example.com/local v0.1.0
)

replace example.com/other => example.com/fork v0.2.0

replace example.com/local => ./local
`;
const version = (text: string) => ({ gomod: text, daemon: { name: 'tinyd' } }) as never;
const proxy = 'https://proxy.example';
const go = { version: 'go1.26.1', modules: '', proxy, noProxy: '' };
const lines = (of: Partial<typeof go>, setting?: string, old = gomod) =>
  goLines({ ...go, ...of }, { old: version(old), now: version(gomod) }, setting);

/** Runs something with these variables; the others are as they were afterwards. */
async function withEnv<T>(
  more: Readonly<Record<string, string | undefined>>,
  run: () => T | Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(more))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  try {
    return await run();
  } finally {
    process.env = before;
  }
}

describe('what a rehearsal takes of Go', () => {
  // What the environment of this run says is none of these tests' business.
  const setting = process.env['GOTOOLCHAIN'];
  before(() => delete process.env['GOTOOLCHAIN']);
  after(() => {
    if (setting !== undefined) process.env['GOTOOLCHAIN'] = setting;
  });

  it('counts the modules that are not on this machine, replaced ones as what they are', () => {
    const modules = tempDir({
      'cache/download/example.com/!here/@v/v1.0.0.zip': '',
      'cache/download/example.com/gone/@v/v1.2.0.zip': '',
      'golang.org/toolchain@v0.0.1-go1.24.0.linux-amd64/VERSION': '',
    });
    assert.deepEqual(lines({ modules }), [
      'Runs git and Go (go1.26.1) for that.',
      'Of the 3 modules that go.mod names 2 are not on this machine; Go fetches those that it needs from https://proxy.example.',
    ]);
  });

  it('says where Go fetches modules from, and shows no password', () => {
    const from = (text: string, noProxy = '') =>
      /not on this machine(.*)$/.exec(lines({ modules: tempDir(), proxy: text, noProxy })[1]!)![1];
    const fetches = '; Go fetches those that it needs from';
    for (const [text, places] of [
      ['https://a.example,direct', 'https://a.example, else from their own repositories'],
      ['https://me:secret@a.example|https://b', 'https://a.example, else from https://b'],
      ['https://a.example,off', 'https://a.example'],
      ['direct', 'their own repositories'],
      ['', 'their own repositories'],
    ] as const)
      assert.equal(from(text), `${fetches} ${places}.`, text);
    assert.equal(
      from('https://a.example', 'example.com/*'),
      `${fetches} https://a.example (example.com/*: from their own repositories).`,
    );
    assert.equal(from('off'), ', and GOPROXY is off: Go cannot fetch them.');
  });

  it('says that all modules are there', () => {
    const modules = tempDir({
      'cache/download/example.com/!here/@v/v1.0.0.zip': '',
      'cache/download/example.com/gone/@v/v1.2.0-!r!c1.zip': '',
      'cache/download/example.com/fork/@v/v0.2.0.zip': '',
    });
    assert.equal(lines({ modules })[1], 'Every module that go.mod names is on this machine.');
    const older = gomod.replace('gone v1.2.0-RC1', 'gone v1.1.0');
    assert.match(
      lines({ modules }, undefined, older)[1]!,
      /^Of the 4 modules that go\.mod names 1 is not on this machine;/,
    );
    assert.equal(lines({})[1], 'Which Go modules are missing on this machine is not known.');
  });

  it('names the toolchain that Go would fetch, and from where', () => {
    const said = (of: Partial<typeof go>, given?: string) => lines(of, given).slice(2);
    const fetched = 'Go fetches the toolchain go1.24.0, which go.mod asks for, from';
    assert.deepEqual(said({}), [`${fetched} https://proxy.example.`]);
    assert.deepEqual(said({ proxy: 'direct' }), [`${fetched} golang.org.`]);
    assert.deepEqual(said({}, 'local'), []);
    assert.deepEqual(said({}, 'auto'), []);
    assert.deepEqual(said({}, 'go1.25.3'), [
      'Go fetches the toolchain go1.25.3, which GOTOOLCHAIN names, from https://proxy.example.',
    ]);
    assert.deepEqual(said({ version: 'go1.23.4' }, 'auto'), [`${fetched} https://proxy.example.`]);
    assert.deepEqual(said({ version: 'go1.23.4' }, 'path'), [
      'The toolchain go1.24.0 is not on the PATH, and GOTOOLCHAIN is path: Go fetches none.',
    ]);
  });

  it('says that Go cannot fetch a toolchain, and what builds in its place', () => {
    const none = 'The toolchain go1.24.0, which go.mod asks for, is not on this machine';
    const said = (of: Partial<typeof go>, given?: string) =>
      lines({ ...of, proxy: 'off' }, given).slice(2);
    assert.deepEqual(said({}), [`${none}, and GOPROXY is off: go1.26.1 builds in its place.`]);
    for (const given of [undefined, 'auto'])
      assert.deepEqual(said({ version: 'go1.23.4' }, given), [
        `${none}, and GOPROXY is off: Go cannot fetch it.`,
      ]);
  });

  it('finds a toolchain that was fetched, or is on the PATH', async () => {
    const modules = tempDir({ 'golang.org/toolchain@v0.0.1-go1.24.0.linux-amd64/VERSION': '' });
    assert.deepEqual(lines({ modules }).slice(2), []);
    const old = { version: 'go1.23.4', modules };
    assert.equal(lines(old, 'path').slice(2).length, 1);
    const name = process.platform === 'win32' ? 'go1.24.0.exe' : 'go1.24.0';
    await withEnv({ PATH: tempDir({ [name]: '' }) }, () => {
      assert.deepEqual(lines({}).slice(2), []);
      assert.deepEqual(lines(old, 'path').slice(2), []);
    });
  });

  it('knows a Go that is too old and fetches no other', () => {
    const why = (name: string, given = '', text = gomod) =>
      tooOldFor([text], { version: name }, given);
    assert.equal(
      why('go1.20.14'),
      'go1.20.14 is older than the go1.24 of go.mod, and fetches no other',
    );
    assert.match(why('', 'go1.26.0')!, /^the Go on the PATH is older .* fetches no other$/);
    assert.equal(why('go1.21.0'), undefined);
    assert.match(why('go1.21.0', 'local')!, /^go1\.21\.0 is older .*, and GOTOOLCHAIN is local$/);
    assert.match(
      why('go1.26.1', 'go1.22.0')!,
      /^go1\.22\.0 is older .*, and GOTOOLCHAIN is go1\.22\.0$/,
    );
    for (const [name, given] of [
      ['go1.24.0', 'local'],
      ['go1.26.1', 'local'],
      ['go1.21.0', 'auto'],
      ['go1.21.0', 'go1.22.0+auto'],
      ['devel go1.27-abc', 'local'],
    ] as const)
      assert.equal(why(name, given), undefined, `${name} ${given}`);
    assert.equal(why('go1.19', 'local', 'module m\n'), undefined);
    const said = lines({ version: 'go1.20.1', modules: tempDir() });
    assert.match(said[2]!, /^go1\.20\.1 is older .*: install a newer one from https/);
    assert.equal(said.length, 3);
  });

  it('finds the Go on the PATH, or none', async function () {
    this.timeout(20_000);
    const fake = fakeGo();
    assert.deepEqual(await withEnv({ PATH: fake.env.PATH }, findGo), {
      version: 'go1.26.0',
      modules: '',
      proxy: 'off',
      noProxy: '',
    });
    assert.equal(await withEnv({ PATH: tempDir() }, findGo), undefined);
    const broken = program('echo no such thing >&2\nexit 3');
    await assert.rejects(withEnv({ PATH: broken }, findGo), (error: unknown) => {
      assert.ok(error instanceof Error && !(error instanceof Refusal));
      assert.match(error.message, /^go env does not answer: Command failed: go env GOVERSION/);
      return true;
    });
  });

  it('finds a Go that knows none of what it is asked: it is too old, and not missing', async function () {
    this.timeout(20_000);
    const old = await withEnv({ PATH: program("printf '\\n\\n\\n\\n'") }, findGo);
    assert.deepEqual(old, { version: '', modules: '', proxy: '', noProxy: '' });
    assert.match(tooOldFor([gomod], old!, '')!, /^the Go on the PATH is older/);
  });
});

/** A folder with a program `go` that runs this. */
function program(script: string): string {
  const dir = tempDir({ go: `#!/bin/sh\n${script}\n` });
  chmodSync(`${dir}/go`, 0o755);
  return dir;
}
