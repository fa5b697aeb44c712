import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
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
const lines = (modules: string, proxy = 'https://proxy.example', old = gomod) =>
  goLines({ version: 'go1.26.1', modules, proxy }, { old: version(old), now: version(gomod) });

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
  it('counts the modules that are not on this machine, replaced ones as what they are', async () => {
    const modules = tempDir({
      'cache/download/example.com/!here/@v/v1.0.0.zip': '',
      'cache/download/example.com/gone/@v/v1.2.0.zip': '',
      'golang.org/toolchain@v0.0.1-go1.24.0.linux-amd64/VERSION': '',
    });
    await withEnv({ GOTOOLCHAIN: undefined }, () => {
      assert.deepEqual(lines(modules), [
        'Runs git, Go (go1.26.1) and tinyd.',
        'Of 3 modules in go.mod 2 are not on this machine; Go fetches those that it needs from https://proxy.example.',
      ]);
      assert.match(lines(modules, 'off')[1]!, /2 are not on .*, and GOPROXY is off: Go cannot/);
    });
  });

  it('says that all modules are there', () => {
    const modules = tempDir({
      'cache/download/example.com/!here/@v/v1.0.0.zip': '',
      'cache/download/example.com/gone/@v/v1.2.0-!r!c1.zip': '',
      'cache/download/example.com/fork/@v/v0.2.0.zip': '',
    });
    assert.equal(lines(modules)[1], 'Of 3 modules in go.mod all are on this machine.');
    const older = gomod.replace('gone v1.2.0-RC1', 'gone v1.1.0');
    assert.match(lines(modules, 'p', older)[1]!, /^Of 4 modules in go\.mod 1 is not on this/);
    assert.equal(lines('')[1], 'Which Go modules are missing on this machine is not known.');
  });

  it('names the toolchain that Go would fetch, unless the environment chose one', async () => {
    const fetched = ['Go fetches the toolchain go1.24.0, which go.mod asks for.'];
    await withEnv({ GOTOOLCHAIN: undefined }, () =>
      assert.deepEqual(lines(tempDir()).slice(2), fetched),
    );
    await withEnv({ GOTOOLCHAIN: 'local' }, () => assert.deepEqual(lines(tempDir()).slice(2), []));
  });

  it('knows a Go that is too old and fetches no other', () => {
    const why = (name: string, setting?: string, text = gomod) =>
      tooOldFor([text], { version: name, modules: '', proxy: '' }, setting);
    assert.equal(
      why('go1.20.14'),
      'go1.20.14 is older than the go1.24 of go.mod, and fetches no other',
    );
    assert.match(why('')!, /^the Go on the PATH is older/);
    assert.equal(why('go1.21.0'), undefined);
    assert.match(why('go1.21.0', 'local')!, /^go1\.21\.0 is older .*, and GOTOOLCHAIN is local$/);
    assert.equal(why('go1.24.0', 'local'), undefined);
    assert.equal(why('go1.26.1', 'local'), undefined);
    assert.equal(why('devel go1.27-abc'), undefined);
    assert.equal(why('go1.19', 'local', 'module m\n'), undefined);
    const old = { version: 'go1.20.1', modules: tempDir(), proxy: '' };
    const subject = { old: version(gomod), now: version(gomod) };
    assert.match(
      goLines(old, subject)[2]!,
      /^go1\.20\.1 is older .*: install a newer one from https/,
    );
    assert.equal(goLines(old, subject).length, 3);
  });

  it('finds the Go on the PATH, or none', async function () {
    this.timeout(20_000);
    const fake = fakeGo();
    assert.deepEqual(await withEnv({ PATH: fake.env.PATH }, findGo), {
      version: 'go1.26.0',
      modules: '',
      proxy: 'off',
    });
    assert.equal(await withEnv({ PATH: tempDir() }, findGo), undefined);
    const broken = tempDir({ go: '#!/bin/sh\necho no such thing >&2\nexit 3\n' });
    chmodSync(`${broken}/go`, 0o755);
    await assert.rejects(
      withEnv({ PATH: broken }, findGo),
      /^Refusal: go env does not answer|^Error: go env does not answer/,
    );
  });
});
