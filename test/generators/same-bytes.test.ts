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

  it('mounts a module with the same bytes', async () => {
    const [one, other] = [new GoChain().withBerth(), new GoChain().withBerth()];
    try {
      const before = treeOf(one.dir);
      const byCli = await cliHere(['mount', 'x/berth', '--upgrade', 'v3', '--yes'], one.dir);
      const byYo = helpers
        .run(generator('mount'))
        .cd(other.dir)
        .withArguments(['x/berth'])
        .withOptions({ force: false, yes: true, upgrade: 'v3' } as object);
      assert.equal(byCli.status, 0, byCli.stderr);
      await alike(byCli, async () => void (await byYo), one.dir, other.dir, before);
    } finally {
      one.remove();
      other.remove();
    }
  });

  it('adds the version guard with the same bytes', async () => {
    const [one, other] = [new GoChain(), new GoChain()];
    try {
      const before = treeOf(one.dir);
      const byCli = await cliHere(['guard', '--software', 'v1.4.x', '--yes'], one.dir);
      const byYo = helpers
        .run(generator('guard'))
        .cd(other.dir)
        .withOptions({ force: false, yes: true, software: 'v1.4.x' } as object);
      assert.equal(byCli.status, 0, byCli.stderr);
      await alike(byCli, async () => void (await byYo), one.dir, other.dir, before);
    } finally {
      one.remove();
      other.remove();
    }
  });

  it('adds an era with the same bytes', async () => {
    const [one, other] = [new GoChain(), new GoChain()];
    try {
      const before = treeOf(one.dir);
      const options = ['--first', 'thales', '--switch', 'fee', '--upgrade', 'v3'];
      const byCli = await cliHere(['era', 'pythagoras', ...options, '--yes'], one.dir);
      const byYo = helpers
        .run(generator('era'))
        .cd(other.dir)
        .withArguments(['pythagoras'])
        .withOptions({
          ...{ force: false, yes: true },
          ...{ first: 'thales', switch: 'fee', upgrade: 'v3' },
        } as object);
      assert.equal(byCli.status, 0, byCli.stderr);
      await alike(byCli, async () => void (await byYo), one.dir, other.dir, before);
    } finally {
      one.remove();
      other.remove();
    }
  });

  it('reads the last release alike where a message has other fields than it had', async () => {
    const [one, other] = [new GoChain(), new GoChain()];
    try {
      for (const chain of [one, other])
        chain.with('messages/then').released('v1.0.0').with('messages/now');
      const before = treeOf(one.dir);
      const byCli = await cliHere(
        ['migration', 'counter', '--old-type', 'Mark=types.MarkKey', '--base', 'v1.0.0', '--yes'],
        one.dir,
      );
      const byYo = helpers
        .run(generator('migration'))
        .cd(other.dir)
        .withArguments(['counter'])
        .withOptions({
          force: false,
          yes: true,
          base: 'v1.0.0',
          oldType: 'Mark=types.MarkKey',
        } as object);
      assert.equal(byCli.status, 0, byCli.stderr);
      await alike(byCli, async () => void (await byYo), one.dir, other.dir, before);
    } finally {
      one.remove();
      other.remove();
    }
  });
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
