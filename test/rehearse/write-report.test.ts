import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { mustBeReport, writeReport } from '../../rehearse/write-report.ts';
import { fullRehearsal } from '../support/reported.ts';
import { tempDir } from '../support/temp.ts';

describe('the report of a rehearsal', () => {
  it('is written as its name says, and appended to the summary of a job', () => {
    const dir = tempDir({ 'summary.md': 'before\n' });
    const file = (name: string) => join(dir, name);
    const read = (name: string) => readFileSync(file(name), 'utf8');
    writeReport(file('a.md'), fullRehearsal, file('summary.md'));
    writeReport(file('a.html'), fullRehearsal, undefined);
    writeReport(file('b.html'), fullRehearsal, '');
    assert.ok(read('a.md').startsWith('## Rehearsal of v3'));
    assert.ok(read('a.html').startsWith('<!doctype html>'));
    assert.equal(read('summary.md'), `before\n${read('a.md')}\n`);
  });

  it('is refused before anything is built where it could not be written', () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'folder.md'));
    const refused = (file: string, message: RegExp) =>
      assert.throws(
        () => mustBeReport(join(dir, file)),
        (error: unknown) => error instanceof Refusal && message.test(error.message),
      );
    refused('a.txt', /a\.txt has to end with \.md or \.html$/);
    refused('report', /has to end with/);
    refused('none/a.md', /there is no folder .*none$/);
    refused('folder.md', /folder\.md is no file$/);
    mustBeReport(join(dir, 'a.md'));
    assert.throws(() => writeReport(join(dir, 'gone/a.md'), fullRehearsal, undefined), /cannot be/);
  });
});
