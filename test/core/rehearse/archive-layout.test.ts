import assert from 'node:assert/strict';
import { layoutOf, wayOf } from '../../../core/rehearse/archive-layout.ts';

const way = (name: string, type = 'file') => wayOf({ name, type, size: 0 }, 'a.tar');

describe('the entries of an archive', () => {
  it('are taken by their way in it', () => {
    assert.equal(way('./data/application.db/CURRENT'), 'data/application.db/CURRENT');
    assert.equal(way('data//wasm/..x/', 'directory'), 'data/wasm/..x');
  });

  for (const name of ['../a', 'data/../../a', '/etc/passwd', 'C:\\a', '..', 'a\\..\\..\\b']) {
    it(`are refused at ${name}`, () => {
      assert.throws(() => way(name), /^Error: a\.tar is not unpacked: /);
    });
  }

  for (const type of ['symlink', 'link', 'character-device', 'block-device', 'fifo', 'unknown']) {
    it(`are refused where one is a ${type}`, () => {
      assert.throws(() => way('data/a', type), /only files and folders are taken$/);
    });
  }
});

describe('the layout of an archive', () => {
  const layout = (...ways: string[]) => layoutOf(ways, 'a.tar');

  it('is a snapshot of the SDK where it begins as one', () => {
    assert.deepEqual(layout('_snapshot', '0', '1'), { kind: 'snapshot' });
  });

  it("is a node's home, wherever that lies", () => {
    const file = 'application.db/CURRENT';
    assert.deepEqual(layout(`data/${file}`, 'wasm/a'), { kind: 'home', home: '', below: '' });
    assert.deepEqual(layout(`.gaia/data/${file}`), { kind: 'home', home: '.gaia/', below: '' });
    assert.deepEqual(layout(file), { kind: 'home', home: '', below: 'data/' });
    assert.deepEqual(layout(`metadata/${file}`), {
      kind: 'home',
      home: 'metadata/',
      below: 'data/',
    });
  });

  it('is none without a state, or with several', () => {
    assert.throws(() => layout('data/blockstore.db/CURRENT'), /holds no state/);
    assert.throws(() => layout('a-application.db/CURRENT'), /holds no state/);
    assert.throws(
      () => layout('a/data/application.db/CURRENT', 'b/data/application.db/CURRENT'),
      /holds several states: a\/data\/application\.db, b\/data\/application\.db$/,
    );
  });
});
