import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanCache, makeRoom } from '../../rehearse/cache.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { tempDir } from '../support/temp.ts';

const size = 40_960;

describe('what rehearsals keep', () => {
  const before = process.env['CHAIN_UPGRADE_CACHE'];
  let folder: string;
  beforeEach(() => {
    const cache = tempDir();
    process.env['CHAIN_UPGRADE_CACHE'] = cache;
    folder = join(cache, 'rehearse');
  });
  after(() => {
    if (before === undefined) delete process.env['CHAIN_UPGRADE_CACHE'];
    else process.env['CHAIN_UPGRADE_CACHE'] = before;
  });

  /** An entry of a store that was last used so many minutes ago. */
  function entry(store: string, letter: string, minutes: number): string {
    const dir = join(folder, store, letter.repeat(32));
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'file'), Buffer.alloc(size));
    const used = new Date(Date.now() - minutes * 60_000);
    utimesSync(dir, used, used);
    return dir;
  }

  it('stays below a limit: what was used longest ago goes first, and that is said', () => {
    const [oldest, program, home] = [
      entry('binaries', 'a', 30),
      entry('programs', 'b', 20),
      entry('homes', 'c', 10),
    ];
    const told: string[] = [];
    const tell = (line: string) => {
      told.push(line);
    };
    makeRoom(4 * size, tell);
    assert.deepEqual(told, []);
    makeRoom(2.5 * size, tell);
    assert.deepEqual([oldest, program, home].map(existsSync), [false, true, true]);
    assert.deepEqual(told, [
      'note: removed from the cache, which may take 102.4 kB: a build (41.0 kB)',
    ]);
    makeRoom(1.5 * size, tell);
    assert.deepEqual([program, home].map(existsSync), [false, true]);
    assert.match(told[1]!, /: a program \(41\.0 kB\)$/);
  });

  it('counts of a file that is linked elsewhere its share', () => {
    const home = entry('homes', 'c', 10);
    linkSync(join(home, 'file'), join(tempDir(), 'file'));
    const told: string[] = [];
    makeRoom(0.75 * size, line => {
      told.push(line);
    });
    assert.deepEqual([existsSync(home), told], [true, []]);
  });

  it('is removed on request with what was kept, and not what a rehearsal uses', () => {
    const entries = [entry('binaries', 'a', 1), entry('programs', 'b', 1), entry('homes', 'c', 1)];
    const kept = takePlace();
    writeFileSync(join(kept.dir, 'log'), Buffer.alloc(size));
    kept.leave(true);
    const running = takePlace();
    const { removed, bytes } = cleanCache();
    assert.deepEqual(
      removed.map(({ what, path }) => [what, path]),
      [
        ['build', entries[0]],
        ['program', entries[1]],
        ['halted home', entries[2]],
        ['kept rehearsal', kept.dir],
      ],
    );
    assert.equal(bytes, 4 * size);
    assert.deepEqual([...entries, kept.dir].map(existsSync), [false, false, false, false]);
    assert.equal(existsSync(running.dir), true);
    running.leave(false);
    assert.deepEqual(cleanCache(), { removed: [], bytes: 0 });
  });
});
