import assert from 'node:assert/strict';
import { cut, put } from '../../../support/edits.ts';
import { changedChain } from '../../../support/planned.ts';
import { migrationIn, openChain } from '../../../support/plans.ts';

const file = 'app/app.go';
const mounts = '\t\twick.NewAppModule(cdc, app.WickKeeper),\n';
const note = /^No app here imports x\/wick, .* \(chain-upgrade mount x\/wick\)\.$/m;

describe('the migration of a module that no app imports', () => {
  it('is written, with a note', async () => {
    const imported = '\t"github.com/lantern-net/lantern/v2/x/wick"\n';
    const opened = await changedChain('typed', [cut(file, mounts), cut(file, imported)]);
    const plan = migrationIn(opened, 'wick');
    assert.equal(plan.refused, undefined);
    assert.match(plan.notes.join('\n'), note);
  });

  it('has no note where it is mounted, or may be', async () => {
    assert.doesNotMatch(migrationIn(await openChain('typed'), 'wick').notes.join('\n'), note);
    const opened = await changedChain('typed', [put(file, mounts, '\t\twickModules(app)...,\n')]);
    assert.doesNotMatch(migrationIn(opened, 'wick').notes.join('\n'), note);
  });
});
