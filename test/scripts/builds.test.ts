import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../core/chain/chain.ts';
import { outcomeOf } from '../../scripts/builds/build-app.ts';
import { checkOut } from '../../scripts/builds/checkout.ts';
import { isOfMissing, notFetched } from '../../scripts/builds/go.ts';
import { appRow, emptyRow, withRows } from '../../scripts/builds/page.ts';
import { saidOfTypes } from '../../scripts/mounts/types.ts';
import { git, History } from '../support/git.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf, writeFiles } from '../support/temp.ts';

describe('builds of real chains', () => {
  it('put rows into the page in place of their own, sorted, and leave the others', () => {
    const page = readFileSync(join(projectRoot, 'docs/builds.md'), 'utf8');
    const rows = [
      emptyRow('b/b@v1', 'go build', 'old'),
      emptyRow('a/a@v1', 'go build', 'kept'),
      emptyRow('b/b@v1', 'go/types', 'kept too'),
    ];
    const first = withRows(page, rows);
    const again = withRows(first, [emptyRow('b/b@v1', 'go build', 'anew | with a bar')]);
    assert.deepEqual(
      again.split('\n').filter(line => /^\| [ab]\/[ab]@v1 /.test(line)),
      [rows[1], emptyRow('b/b@v1', 'go build', 'anew | with a bar'), rows[2]],
    );
    assert.equal(again.replace(/^\| [ab]\/[ab]@v1 .*\n/gm, ''), withRows(page, []));
    assert.throws(() => withRows('# Nothing\n', rows), /no table of builds/);
  });

  it('find no fault with an upgrade that was not tried, for the app does not build as it stands', () => {
    const state = {
      variant: 'stores',
      plan: { creates: [], edits: [], notes: [] },
      overlay: '',
      changed: [],
      unformatted: [],
    };
    const said = (words: string[]) => ({ words, seconds: 1 });
    assert.deepEqual(
      [undefined, said([]), said(['app.go:1: no'])].map(one => outcomeOf(state, one).outcome),
      ['not tried', 'builds', 'faulty'],
    );
    assert.equal(
      outcomeOf({ ...state, unformatted: ['app.go is not as gofmt has it'] }, undefined).outcome,
      'faulty',
    );
    const app = {
      dir: 'app',
      registration: [],
      storeStyle: [],
      sdk: { version: 'v0.50.1' },
    } as unknown as App;
    assert.match(
      appRow('a/a@v1', {
        app,
        how: 'go build',
        lacking: [],
        before: said(['app.go:1: no']),
        built: [outcomeOf(state, undefined)],
      }),
      /\| does not build \| {2}\| not tried \|.*\| 1 \| app\.go:1: no \|$/,
    );
  });

  it('name the modules that were not fetched, each once', () => {
    assert.deepEqual(
      notFetched([
        'go: github.com/cosmos/cosmos-sdk@v0.47.13 (replaced by github.com/a/cosmos-sdk@v0.47.13-a): reading https://proxy.example.org/github.com/a/cosmos-sdk/@v/v0.47.13-a.mod: 403 Forbidden',
        '/home/me/go/pkg/mod/github.com/d/module@v2.0.0/app.go:14:2: github.com/b/pfm/v10@v10.6.0: reading https://proxy.example.org/github.com/b/pfm/v10/@v/v10.6.0.zip: 404 Not Found',
        'app/app.go:15:2: github.com/b/pfm/v10@v10.6.0: reading https://proxy.example.org/github.com/b/pfm/v10/@v/v10.6.0.zip: 404 Not Found',
        'app/app.go:17:2: github.com/c/globalfee@v1.0.1: verifying go.mod: github.com/c/globalfee@v1.0.1/go.mod: reading https://proxy.example.org/sumdb/x: 403 Forbidden',
        'app/app.go:164:2: no required module provides package example.org/gone; to add it:',
      ]),
      [
        'github.com/a/cosmos-sdk@v0.47.13-a (403 Forbidden)',
        'github.com/b/pfm/v10@v10.6.0 (404 Not Found)',
        'github.com/c/globalfee@v1.0.1 (403 Forbidden)',
      ],
    );
  });

  it('tell what is missing from what is wrong', () => {
    const isWrong = [
      'app/app.go:164:2: undefined: berthkeeper',
      'app/app.go:9:2: could not import example.org/gone (no required module provides it)',
    ];
    for (const line of [
      'x/era/keeper.go:6:2: github.com/b/cosmos-sdk@v0.52.10: reading https://proxy.example.org/github.com/b/cosmos-sdk/@v/v0.52.10.zip: 403 Forbidden\n\tserver response: This module version is not available.',
      'cmd/root.go:39:2: github.com/b/wasmd@v0.54.6: Get "https://proxy.example.org/x.zip": dial tcp: no such host',
      'x/era/fee_switch.go:6:6: could not import github.com/b/types (invalid package name: "")',
    ]) {
      assert.ok(isOfMissing(line), line);
      assert.equal(saidOfTypes([line], true), 'not fetched');
      assert.equal(saidOfTypes([line, ...isWrong], true), isWrong[0]);
    }
    assert.deepEqual(isWrong.filter(isOfMissing), []);
    assert.equal(saidOfTypes([], true), 'types fit, in part');
    assert.equal(saidOfTypes([], false), 'types fit');
  });

  it('start from a commit with its history, and go back to it', () => {
    const dir = tempDir({ 'go.mod': 'module a\n', 'app/app.go': 'package app\n' });
    const commit = new History(dir).commit('v1.0.0');
    const checkout = checkOut(dir, 'v1.0.0');
    const before = treeOf(checkout.dir);
    try {
      assert.deepEqual(
        [before, checkout.lacking, git(checkout.dir, 'rev-parse', 'HEAD', 'v1.0.0')],
        [treeOf(dir), [], `${commit}\n${commit}`],
      );
      writeFileSync(join(checkout.dir, 'app/app.go'), 'package other\n');
      writeFiles(checkout.dir, { 'app/upgrades/v2/v2.go': 'package v2\n' });
      checkout.restore();
      assert.deepEqual(treeOf(checkout.dir), before);
    } finally {
      checkout.remove();
    }
    assert.throws(() => checkOut(dir, 'v9'), /has no ref v9/);
  });

  it('go on where the contents of a file are not in the repository', () => {
    const dir = tempDir({ 'go.mod': 'module a\n', 'large.go': 'package a\n\nconst large = 1\n' });
    new History(dir).commit();
    const object = git(dir, 'rev-parse', 'HEAD:large.go');
    rmSync(join(dir, '.git/objects', object.slice(0, 2), object.slice(2)));
    const checkout = checkOut(dir, 'HEAD');
    try {
      assert.deepEqual(checkout.lacking, ['large.go']);
      assert.ok('go.mod' in treeOf(checkout.dir));
    } finally {
      checkout.remove();
    }
  });
});
