import { render } from '../../core/render.ts';
import type { SourceEdit } from '../support/edits.ts';
import { put } from '../support/edits.ts';
import type { Row } from './row.ts';
import { handler } from './source.ts';

const guarded = [
  { file: 'appversion.go', text: render('guard/appversion.go', {}) },
  { file: 'record.go', text: render('guard/record.go', {}) },
  {
    file: 'releases.go',
    text: render('guard/releases.go', {
      start: 2,
      row: '{Version: 2, Software: "v3.x", Upgrades: []string{"v3"}}',
    }),
  },
].map(({ file, text }): SourceEdit => ({ file: `app/appversion/${file}`, after: text }));

const migrations = '\t\ttoVM, err := mm.RunMigrations(';

/** Mistakes in what the version guard adds to an upgrade. */
export function guardRows(): readonly Row[] {
  return [
    {
      rule: 'expected-versions-stale',
      mistake: 'The handler expects the version of a module that the release before the last had.',
      edits: [
        ...guarded,
        put(handler, '\t"fmt"\n', '\t"fmt"\n\n\t"example.com/tiny/app/appversion"\n'),
        put(
          handler,
          migrations,
          '\t\tif err := appversion.Expect(fromVM, map[string]uint64{"counter": 1}); err != nil {\n' +
            `\t\t\treturn nil, err\n\t\t}\n${migrations}`,
        ),
      ],
      step: 'first block',
      words: /this upgrade was written for another state: counter is at version 2, not 1/,
      at: [handler, '"counter": 1'],
      fix: 'Expect version 2',
    },
  ];
}
