import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { exampleApp, withoutV3 } from './before-v3.ts';
import type { Ran } from './cli.ts';
import { chainDir, cli } from './cli.ts';
import type { FakeNode } from './fake-go.ts';
import { fakeGo } from './fake-go.ts';
import { History } from './git.ts';
import { tempDir } from './temp.ts';

/** A small chain whose release v2.0.0 lacks the upgrade v3 of its working tree. */
export function chainToRehearse(dir = tempDir()): string {
  cpSync(chainDir('list'), dir, { recursive: true });
  const app = join(dir, exampleApp);
  const now = readFileSync(app, 'utf8');
  const history = new History(dir);
  writeFileSync(app, withoutV3(now));
  history.commit('v2.0.0');
  writeFileSync(app, now);
  history.commit();
  return dir;
}

/** A command of a node that was run. */
export interface Call {
  readonly what: 'old' | 'new';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a rehearsal said, its result, and those of the nodes' commands that begin with words. */
export interface RanRehearsal extends Ran {
  readonly result: () => Rehearsal;
  readonly calls: (...words: string[]) => Call[];
}

/** Runs `chain-upgrade rehearse` on a small chain, with nodes that have no chain. */
export function rehearsed(dir: string, node: FakeNode, ...more: string[]): RanRehearsal {
  const work = tempDir();
  const record = join(work, 'calls');
  const ran = cli(['rehearse', '--dir', dir, '--yes', '--format', 'json', ...more], {
    env: fakeGo({ record, gone: ['tally'], ...node }, work).env,
  });
  const lines = existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : [];
  const calls = lines.map(line => JSON.parse(line) as Call);
  return {
    ...ran,
    result: () => JSON.parse(ran.stdout) as Rehearsal,
    calls: (...words) => calls.filter(({ args }) => words.every((word, i) => args[i] === word)),
  };
}
