import { deepStrictEqual, notDeepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import helpers from 'yeoman-test';
import { chainCopy, cliHere } from '../support/cli.ts';
import { projectRoot } from '../support/root.ts';
import { treeOf } from '../support/temp.ts';

const generator = join(projectRoot, 'dist/generators/app/index.js');

describe('yo chain-upgrade', function () {
  this.timeout(60_000);
  // yeoman-test leaves the process in the folder it worked on.
  afterEach(() => process.chdir(projectRoot));
  const chains = readdirSync(join(projectRoot, 'test/chains'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);

  for (const name of chains) {
    for (const [answers, args, options] of [
      ['the defaults', [], {}],
      ['answers', ['--test', '--binary', `linux/amd64=https://example.org/a,b#sha256:${'0'.repeat(64)}`], { test: true, binary: `linux/amd64=https://example.org/a,b#sha256:${'0'.repeat(64)}` }],
    ] as const) {
      it(`writes the same bytes as the command line, or refuses as it does: ${name}, ${answers}`, async () => {
        const [one, other] = [chainCopy(name), chainCopy(name)], before = treeOf(one);
        const app = name === 'single-two-apps' ? 'app/provider' : undefined;
        const byCli = await cliHere(['new', 'v99', '--yes', ...args, ...(app ? ['--app', app] : [])], one);
        const byYo = helpers.run(generator).cd(other).withArguments(['v99']).withOptions({ force: false, yes: true, app, ...options } as object);
        if (byCli.status === 0) {
          await byYo;
          notDeepStrictEqual(treeOf(one), before);
        } else {
          const line = /^chain-upgrade: (.*?)(?: \(what to paste is on standard output\))?\n$/.exec(byCli.stderr)?.[1];
          await rejects(async () => await byYo, (error: Error) => (strictEqual(error.message.replaceAll(other, one), line), true));
        }
        deepStrictEqual(treeOf(other), treeOf(one));
      });
    }
  }
});
