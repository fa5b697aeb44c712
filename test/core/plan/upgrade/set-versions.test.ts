import assert from 'node:assert/strict';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { repoOf } from '../../../support/go.ts';
import { openRepo, planIn } from '../../../support/plans.ts';

/** The notes about versions of a plan on the chain `list`, whose handlers set these first. */
async function notesWhere(lines: Readonly<Record<string, string>>): Promise<string[]> {
  const texts = { ...chainTexts('list') };
  for (const [version, line] of Object.entries(lines)) {
    const path = `app/upgrades/${version}/upgrades.go`;
    const text = texts[path]!;
    const run = /^\t*.*RunMigrations\(.*$/m.exec(text)![0];
    texts[path] = replaceOnce(path, text, run, `\t\t${line}\n${run}`);
  }
  const plan = planIn(openRepo(await repoOf(texts)), { name: 'v9' });
  assert.equal(plan.refused, undefined);
  return plan.notes.filter(note => note.startsWith('Every handler so far'));
}

describe('versions that every handler sets', () => {
  it('are told, for the new one does not', async () => {
    const [note, ...others] = await notesWhere({
      v2: 'vm["transfer"] = 3',
      v3: 'vm["transfer"] = 4',
    });
    assert.match(note!, /sets the version of transfer before it runs migrations/);
    assert.deepEqual(others, []);
  });

  it('are none where one handler leaves them alone, or sets another', async () => {
    assert.deepEqual(await notesWhere({}), []);
    assert.deepEqual(await notesWhere({ v3: 'vm["transfer"] = 3' }), []);
    assert.deepEqual(await notesWhere({ v2: 'vm["mint"] = 2', v3: 'vm["transfer"] = 3' }), []);
  });

  it('are none where only some of several are always set', async () => {
    const [note] = await notesWhere({
      v2: 'vm["mint"], vm["auth"] = 2, 3',
      v3: 'vm["mint"] = 2',
    });
    assert.match(note!, /the version of mint /);
  });
});
