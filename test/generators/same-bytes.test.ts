import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import helpers from 'yeoman-test';
import { GoChain } from '../go/chain.ts';
import type { Ran } from '../support/cli.ts';
import { chainCopy, chainDir, cliHere } from '../support/cli.ts';
import { projectRoot } from '../support/root.ts';
import { treeOf } from '../support/temp.ts';

const generator = (name: string) => join(projectRoot, `dist/generators/${name}/index.js`);

/** An option of the command line, by the name that Yeoman gives it. */
const optionOf = (key: string) =>
  `--${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

describe('yo chain-upgrade', function () {
  this.timeout(60_000);
  // yeoman-test leaves the process in the folder it worked on.
  afterEach(() => process.chdir(projectRoot));
  const chains = readdirSync(join(projectRoot, 'test/chains'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);

  for (const name of chains) {
    for (const [answers, args, options] of [
      ['the defaults', [], {}],
      [
        'answers',
        ['--test', '--binary', `linux/amd64=https://example.org/a,b#sha256:${'0'.repeat(64)}`],
        { test: true, binary: `linux/amd64=https://example.org/a,b#sha256:${'0'.repeat(64)}` },
      ],
    ] as const) {
      it(`writes the same bytes as the command line, or refuses as it does: ${name}, ${answers}`, async () => {
        const [one, other] = [chainCopy(name), chainCopy(name)];
        const before = treeOf(one);
        const byCli = await cliHere(['new', 'v99', '--yes', ...args, ...appArguments(name)], one);
        const byYo = helpers
          .run(generator('app'))
          .cd(other)
          .withArguments(['v99'])
          .withOptions({
            force: false,
            yes: true,
            app: appArguments(name)[1],
            ...options,
          } as object);
        await alike(byCli, async () => void (await byYo), one, other, before);
      });
    }
    it(`raises the same module with the same bytes, or refuses as the command line does: ${name}`, async () => {
      const [one, other] = [chainCopy(name), chainCopy(name)];
      const before = treeOf(one);
      const module = moduleOf(name);
      const byCli = await cliHere(['migration', module, '--yes', ...appArguments(name)], one);
      const byYo = helpers
        .run(generator('migration'))
        .cd(other)
        .withArguments([module])
        .withOptions({ force: false, yes: true, app: appArguments(name)[1] } as object);
      await alike(byCli, async () => void (await byYo), one, other, before);
    });
  }

  /** The same of a chain for the Go toolchain, where nothing may be refused. */
  const alikeOn = async (
    chain: () => GoChain,
    [name, ...args]: readonly [generator: string, ...args: string[]],
    options: Readonly<Record<string, string>>,
  ) => {
    const [one, other] = [chain(), chain()];
    try {
      const before = treeOf(one.dir);
      const flags = Object.entries(options).flatMap(([key, value]) => [optionOf(key), value]);
      const byCli = await cliHere([name, ...args, ...flags, '--yes'], one.dir);
      const byYo = helpers
        .run(generator(name))
        .cd(other.dir)
        .withArguments(args)
        .withOptions({ force: false, yes: true, ...options } as object);
      assert.equal(byCli.status, 0, byCli.stderr);
      await alike(byCli, async () => void (await byYo), one.dir, other.dir, before);
    } finally {
      one.remove();
      other.remove();
    }
  };

  it('mounts a module with the same bytes', () =>
    alikeOn(() => new GoChain().withBerth(), ['mount', 'x/berth'], { upgrade: 'v3' }));

  it('adds the version guard with the same bytes', () =>
    alikeOn(() => new GoChain(), ['guard'], { software: 'v1.4.x' }));

  it('adds an era with the same bytes', () =>
    alikeOn(() => new GoChain(), ['era', 'pythagoras'], {
      first: 'thales',
      switch: 'fee',
      upgrade: 'v3',
    }));

  it('reads the last release alike where a message has other fields than it had', () =>
    alikeOn(
      () => new GoChain().with('messages/then').released('v1.0.0').with('messages/now'),
      ['migration', 'counter'],
      { base: 'v1.0.0', oldType: 'Mark=types.MarkKey' },
    ));
});

function appArguments(chain: string): string[] {
  return chain === 'single-two-apps' ? ['--app', 'app/provider'] : [];
}

/** A module of a small chain; where there is none, a name that none has. */
function moduleOf(chain: string): string {
  const file = readdirSync(chainDir(chain), { recursive: true, encoding: 'utf8' })
    .sort()
    .find(path => /(^|\/)x\/\w+\/module\.go$/.test(path));
  return file === undefined ? 'nowhere' : basename(dirname(file));
}

/** Both have written the same, or both have refused with the same words. */
async function alike(
  byCli: Ran,
  byYo: () => Promise<void>,
  one: string,
  other: string,
  before: object,
): Promise<void> {
  if (byCli.status === 0) {
    await byYo();
    assert.notDeepEqual(treeOf(one), before);
  } else {
    const line =
      /^chain-upgrade: error: (.*?)(?: \(what to paste is on standard output\))?\n$/.exec(
        byCli.stderr,
      )?.[1];
    await assert.rejects(byYo, (error: Error) => {
      assert.equal(error.message.replaceAll(other, one), line);
      return true;
    });
  }
  assert.deepEqual(treeOf(other), treeOf(one));
}
