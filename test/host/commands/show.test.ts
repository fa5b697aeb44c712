import assert from 'node:assert/strict';
import type { Plan } from '../../../core/plan/plan.ts';
import { colourDiff, refusalLine, unifiedDiff, writtenLines } from '../../../host/commands/show.ts';
import { writePlan } from '../../../host/disk/apply.ts';
import { git, gitWith } from '../../support/git.ts';
import { tempDir, treeOf } from '../../support/temp.ts';

const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
const before = {
  'sub/a.go': `${lines.join('\n')}\n`,
  'crlf.go': '\uFEFFone\r\ntwo\r\nthree\r\n',
  'open.go': 'no\nend',
  'sp ace.go': 'x\n',
};
const plan: Plan = {
  creates: [
    { file: 'new/b.go', text: 'package b\r\n' },
    { file: 'new/open.go', text: 'package open' },
  ],
  edits: [
    {
      file: 'sub/a.go',
      before: before['sub/a.go'],
      after: `${['first', ...lines.slice(0, 20), 'middle', ...lines.slice(21), 'last'].join('\n')}\n`,
    },
    { file: 'crlf.go', before: before['crlf.go'], after: '\uFEFFone\r\n2\r\nthree\r\n' },
    { file: 'open.go', before: before['open.go'], after: 'no\nend\n' },
    { file: 'sp ace.go', before: before['sp ace.go'], after: 'y\n' },
  ],
  notes: [],
};

describe('unifiedDiff', () => {
  it('does what the plan does when git applies it', () => {
    const [planned, patched] = [tempDir(before), tempDir(before)];
    writePlan(planned, plan);
    git(patched, 'init', '--quiet');
    gitWith({ input: unifiedDiff(plan) }, patched, 'apply', '--whitespace=nowarn', '-');
    assert.deepEqual(treeOf(patched), treeOf(planned));
  });

  it('is coloured line by line, and the same without the colours', () => {
    const diff = unifiedDiff(plan);
    const coloured = colourDiff(diff);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
    assert.equal(coloured.replace(/\x1b\[\d+m/g, ''), diff);
    assert.equal(coloured.includes('\x1b[32m+first\x1b[0m\n'), true);
    assert.equal(coloured.includes('\x1b[31m-line 20\x1b[0m\n'), true);
  });
});

describe('what is said', () => {
  it('of a written plan', () => {
    assert.deepEqual(writtenLines({ ...plan, edits: plan.edits.slice(0, 1) }), [
      'created new/b.go',
      'created new/open.go',
      'changed sub/a.go',
    ]);
  });

  it('of a refused plan, in one line', () => {
    assert.equal(
      refusalLine({ reason: 'no\n  way', file: 'app/app.go', line: 3 }),
      'app/app.go:3: no way',
    );
    assert.equal(refusalLine({ reason: 'no way' }), 'no way');
  });
});
