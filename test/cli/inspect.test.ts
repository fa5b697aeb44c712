import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from '../../core/inspect/inspect.ts';
import { chainCopy, chainDir, cli, cliHere } from '../support/cli.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

async function inspected(args: readonly string[], cwd?: string): Promise<Inspection> {
  const { status, stdout, stderr } = await cliHere(['inspect', '--format', 'json', ...args], cwd);
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout) as Inspection;
}

const store = { name: 'text?', const: 'text' };
/** The fields of CLI JSON, in order; `?` may be null, `const` may be absent. */
const shape = {
  root: 'text',
  apps: [
    {
      dir: 'text',
      sdk: { version: 'text?', generation: 'text?' },
      registration: ['text'],
      storeStyle: ['text'],
      upgrades: [
        {
          name: 'text?',
          package: 'text',
          registered: 'flag',
          file: 'text',
          line: 'line',
          buildTags: ['text'],
          stores: { added: [store], deleted: [store], renamed: [{ from: store, to: store }] },
        },
      ],
      stores: [{ ...store, kind: 'text', file: 'text', line: 'line' }],
      keepers: [{ name: 'text', type: 'text', file: 'text', line: 'line' }],
      orders: [{ kind: 'text', modules: ['text?'], file: 'text', line: 'line' }],
      mounted: [{ name: 'text?', package: 'text?', file: 'text', line: 'line' }],
      guard: 'none?',
      eras: 'none?',
    },
  ],
  modules: [{ name: 'text', dir: 'text', consensusVersion: 'number?', migrations: ['number'] }],
  unknown: [{ file: 'text', line: 'line', why: 'text' }],
  daemon: { name: 'text', main: 'text', root: 'text?', home: 'text?', prefix: 'text?' },
};

function check(value: unknown, expected: unknown, at: string): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(value), `${at} is no list`);
    for (const [i, item] of value.entries()) check(item, expected[0], `${at}[${i}]`);
  } else if (typeof expected === 'object' && expected !== null) {
    const fields = value as Record<string, unknown>;
    assert.deepEqual(
      Object.keys(fields),
      Object.keys(expected).filter(key => key !== 'const' || 'const' in fields),
      at,
    );
    for (const key of Object.keys(fields))
      check(fields[key], (expected as Record<string, unknown>)[key], `${at}.${key}`);
  } else if (!(String(expected).endsWith('?') && value === null)) {
    const kind = String(expected).replace('?', '');
    if (kind === 'text')
      assert.ok(
        typeof value === 'string' && value !== '' && !value.includes('\\'),
        `${at}: ${String(value)}`,
      );
    else if (kind === 'flag') assert.equal(typeof value, 'boolean', at);
    else
      assert.ok(
        Number.isSafeInteger(value) && Number(value) >= (kind === 'line' ? 1 : 0),
        `${at}: ${String(value)}`,
      );
  }
}

describe('chain-upgrade inspect', function () {
  this.timeout(60_000);
  const chains = readdirSync(join(projectRoot, 'test/chains'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);

  for (const name of chains) {
    it(`gives the JSON that scripts rely on: ${name}`, async () => {
      const shown = await inspected([chainDir(name)]);
      const { daemon, ...others } = shape;
      check({ ...shown, daemon: null }, { ...others, daemon: 'text?' }, name);
      if (shown.daemon) check(shown.daemon, daemon, `${name}.daemon`);
    });
  }

  it('tells the same from wherever it is asked', async () => {
    const expected = await inspected([chainDir('list')]);
    assert.equal(expected.root, chainDir('list'));
    assert.deepEqual(await inspected(['--dir', chainDir('list')]), expected);
    assert.deepEqual(await inspected([], chainDir('list')), expected);
    assert.deepEqual(await inspected([], join(chainDir('list'), 'x/berth')), expected);
    assert.deepEqual(await inspected(['--', 'app'], chainDir('list')), expected);
    assert.deepEqual(await inspected(['--app', 'app'], chainDir('list')), expected);
  });

  it('takes a folder with an odd name after --', async () => {
    const parent = tempDir();
    renameSync(chainCopy('list'), join(parent, '--dir é'));
    assert.equal((await inspected(['--', '--dir é'], parent)).root, join(parent, '--dir é'));
  });

  it('tells all apps, or the one that is named', async () => {
    const dirs = async (...args: string[]) =>
      (await inspected([chainDir('single-two-apps'), ...args])).apps.map(app => app.dir);
    assert.deepEqual(await dirs(), ['app/consumer', 'app/provider']);
    assert.deepEqual(await dirs('--app', 'app/provider'), ['app/provider']);
  });

  it('finds no app where there is none, which is no failure', async () => {
    assert.deepEqual((await inspected([chainDir('notachain')])).apps, []);
    assert.match(
      (await cliHere(['inspect', chainDir('notachain')])).stdout,
      /no Cosmos SDK app found/,
    );
  });

  it('tells a person, without colours, what scripts get', async () => {
    const { status, stdout, stderr } = cli(['inspect', chainDir('list')], {
      env: { FORCE_COLOR: '1' },
    });
    assert.deepEqual([status, stderr], [0, '']);
    assert.ok(!stdout.includes('\x1b'));
    for (const app of (await inspected([chainDir('list')])).apps) {
      for (const upgrade of app.upgrades)
        assert.match(
          stdout,
          new RegExp(`${upgrade.name} .*${upgrade.package}.*${upgrade.file}:${upgrade.line}`),
        );
      for (const { name } of app.stores) assert.ok(stdout.includes(name!), name!);
    }
  });

  it('writes nothing', async () => {
    const dir = chainCopy('list');
    const before = treeOf(dir);
    await inspected([dir]);
    await cliHere(['inspect', dir]);
    assert.deepEqual(treeOf(dir), before);
  });

  it('ends quietly where its reader went away, and says so where its result cannot be written', function () {
    if (!existsSync('/dev/full')) {
      console.log('      not run: needs a shell with pipes and /dev/full');
      return this.skip();
    }
    const shell = (rest: string) => {
      const main = join(projectRoot, 'dist/bundle/main.js');
      const { stdout, stderr, status } = spawnSync(
        'sh',
        [
          '-c',
          `'${process.execPath}' '${main}' inspect --format json '${chainDir('list')}' ${rest}`,
        ],
        { encoding: 'utf8' },
      );
      return { stdout, stderr, status };
    };
    assert.deepEqual(shell('| true'), { stdout: '', stderr: '', status: 0 });
    assert.deepEqual(shell('> /dev/full'), {
      stdout: '',
      stderr: 'chain-upgrade: error: the result cannot be written: no space left on the disk\n',
      status: 2,
    });
  });
});
