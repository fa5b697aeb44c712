import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../cli/commands.ts';
import { projectRoot } from './support/root.ts';

const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  engines: { node: string };
  bin: Record<string, string>;
};

/** The instructions of the container file, each on one line, without comments. */
const instructions = readFileSync(join(projectRoot, 'container/Dockerfile'), 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => {
    const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line)!;
    return { name: name!, rest: rest! };
  });
const all = (name: string) => instructions.filter(one => one.name === name).map(({ rest }) => rest);

// It is read, not built: the tests have no container engine.
describe('the container file', () => {
  it('installs this version of this package, by a Node that is promised', () => {
    const [, major] = /^node:(\d+)-\w+-slim$/.exec(all('FROM').join())!;
    const [, oldest] = /^>=(\d+)/.exec(manifest.engines.node)!;
    assert.ok(Number(major) >= Number(oldest));
    assert.deepEqual(all('ARG'), [`VERSION=${manifest.version}`]);
    const [install] = all('RUN').filter(run => run.startsWith('npm '));
    assert.match(install!, new RegExp(`--ignore-scripts .*${manifest.name}@\\$\\{VERSION\\} &&`));
  });

  it('runs a command of ours, not as root, and copies nothing into the image', () => {
    const names = instructions.map(({ name }) => name);
    assert.deepEqual(names, [
      'FROM',
      'ARG',
      ...['RUN', 'RUN', 'RUN'],
      ...['USER', 'WORKDIR', 'ENTRYPOINT', 'CMD'],
    ]);
    assert.deepEqual(all('USER'), ['node']);
    assert.deepEqual(JSON.parse(all('ENTRYPOINT')[0]!), Object.keys(manifest.bin));
    const [command] = JSON.parse(all('CMD')[0]!) as [string];
    assert.ok(commands.some(({ name }) => name === command));
  });
});
