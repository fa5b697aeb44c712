import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { Failure } from '../../core/rehearse/result.ts';
import type { FailureMarks } from '../../extension/rehearse/failure-marks.ts';
import { standInForEditor } from '../support/editor-stub.ts';
import { FakeEditor, FakeUri } from '../support/fake-editor.ts';

describe('the marks of rehearsals that failed', () => {
  let fake: FakeEditor;
  let marks: FailureMarks;
  before(standInForEditor);
  beforeEach(async () => {
    fake = new FakeEditor();
    fake.use();
    const { FailureMarks: Made } = await import('../../extension/rehearse/failure-marks.ts');
    marks = new Made();
  });
  afterEach(() => marks.dispose());

  const uri = (path: string) => new FakeUri(path) as unknown as Uri;
  const failure: Failure = {
    step: 'upgrade',
    words: 'panic',
    rule: null,
    file: null,
    line: null,
    fix: null,
  };
  const fails = (root: string, plan: string, file = 'app/app.go') =>
    marks.mark({ root: uri(root), plan, uri: uri(`${root}/${file}`), line: 3, failure });
  const plansIn = (path: string) =>
    (fake.marks.get(path) ?? []).map(({ message }) => /the plan (\S+)/.exec(message)![1]);

  it('of two plans that failed in one file stand side by side', () => {
    fails('/one', 'v2');
    fails('/one', 'v3');
    assert.deepEqual(plansIn('/one/app/app.go'), ['v2', 'v3']);
  });

  it('go with the next rehearsal of their plan, those of others stay', () => {
    fails('/one', 'v2');
    fails('/one', 'v3');
    fails('/two', 'v2');
    marks.clear({ root: uri('/one'), plan: 'v2' });
    assert.deepEqual(plansIn('/one/app/app.go'), ['v3']);
    assert.deepEqual(plansIn('/two/app/app.go'), ['v2']);
  });

  it('move where a plan fails elsewhere', () => {
    fails('/one', 'v2');
    fails('/one', 'v2', 'app/upgrades.go');
    assert.deepEqual(plansIn('/one/app/app.go'), []);
    assert.deepEqual(plansIn('/one/app/upgrades.go'), ['v2']);
  });

  it('go when their file is saved, and do not come back with another one', () => {
    fails('/one', 'v2');
    fake.events.onDidSaveTextDocument.fire({ uri: uri('/one/app/app.go') });
    assert.deepEqual(plansIn('/one/app/app.go'), []);
    fails('/one', 'v3');
    assert.deepEqual(plansIn('/one/app/app.go'), ['v3']);
  });
});
