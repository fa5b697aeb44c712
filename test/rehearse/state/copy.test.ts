import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { copyState, mustFit } from '../../../rehearse/state/copy.ts';
import { tempDir, treeOf, writeFiles } from '../../support/temp.ts';

const running = new AbortController().signal;
const state = {
  'config/genesis.json': '{}',
  'config/app.toml': 'a',
  'config/priv_validator_key.json': 'secret',
  'config/node_key.json': 'secret',
  'keyring-test/a.info': 'secret',
  'cosmovisor/genesis/bin/tinyd': 'binary',
  'data/application.db/CURRENT': 'MANIFEST-000010',
  'data/application.db/MANIFEST-000010': 'm',
  'data/application.db/000008.ldb': 'old table',
  'data/application.db/000012.ldb': 'table beside the journal',
  'data/application.db/000011.log': 'journal',
  'data/blockstore.db/CURRENT': 'blocks',
  'data/upgrade-info.json': '{}',
  'data/wasm/wasm/state/wasm/000001.ldb': 'code that only looks like a table',
  'wasm/wasm/state/wasm/abc': 'code',
};

async function copied(from: string, below = ''): Promise<string> {
  const to = join(tempDir(), 'home');
  await copyState(from, below, to, running);
  return to;
}

const inode = (...path: string[]) => statSync(join(...path)).ino;

describe('the copy of a state', () => {
  it('has all that the application reads, and no key', async () => {
    const from = tempDir(state);
    const to = await copied(from);
    const there = Object.keys(state).filter(file => existsSync(join(to, file)));
    assert.deepEqual(
      there,
      Object.keys(state).filter(file => !/key|cosmovisor|blockstore/.test(file)),
    );
    for (const file of there)
      assert.equal(readFileSync(join(to, file), 'utf8'), readFileSync(join(from, file), 'utf8'));
  });

  it('links the tables that nobody writes again, and nothing else', async () => {
    const from = tempDir(state);
    const to = await copied(from);
    const linked = Object.keys(state).filter(
      file => existsSync(join(to, file)) && inode(from, file) === inode(to, file),
    );
    assert.deepEqual(linked, ['data/application.db/000008.ldb']);
  });

  it('leaves what was given as it is, whatever is done to the copy', async () => {
    const from = tempDir(state);
    const before = treeOf(from);
    const to = await copied(from);
    for (const file of ['data/application.db/000012.ldb', 'wasm/wasm/state/wasm/abc'])
      writeFileSync(join(to, file), 'other');
    appendFileSync(join(to, 'data/application.db/000011.log'), 'more');
    assert.deepEqual(treeOf(from), before);
  });

  it('takes a data folder as part of a home, and what links lead to', async () => {
    const elsewhere = tempDir({ 'application.db/CURRENT': 'c', 'application.db/000001.ldb': 't' });
    const home = tempDir({ 'config/app.toml': 'a' });
    symlinkSync(elsewhere, join(home, 'data'));
    symlinkSync(home, join(home, 'config/round'));
    symlinkSync('/nowhere', join(home, 'config/gone'));
    const whole = await copied(home);
    assert.equal(statSync(join(whole, 'data')).isDirectory(), true);
    writeFiles(whole, { 'data/application.db/CURRENT': 'changed' });
    assert.equal(readFileSync(join(elsewhere, 'application.db/CURRENT'), 'utf8'), 'c');
    const data = await copied(elsewhere, 'data');
    assert.equal(readFileSync(join(data, 'data/application.db/CURRENT'), 'utf8'), 'c');
  });

  it('is not begun where the disk has no room for it', async () => {
    await mustFit(0, tempDir());
    const from = tempDir(state);
    // A hole takes no room until somebody copies it.
    truncateSync(join(from, 'data/application.db/000011.log'), 8 * 2 ** 40);
    const to = join(tempDir(), 'home');
    await assert.rejects(
      copyState(from, '', to, running),
      /^Error: the copy of the state takes 8796\.1 GB, and .* has [\d.]+ GB left: make room, /,
    );
    assert.deepEqual(readdirSync(to), []);
  });

  it('is not begun when it is stopped', async () => {
    const stopped = AbortSignal.abort();
    const to = join(tempDir(), 'home');
    await assert.rejects(copyState(tempDir(state), '', to, stopped), { name: 'AbortError' });
    assert.equal(existsSync(join(to, 'config')), false);
  });
});
