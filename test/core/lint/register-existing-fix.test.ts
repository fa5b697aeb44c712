import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import { withFix } from '../../../core/lint/fix.ts';
import { preferredFix } from '../../../core/lint/fix-all.ts';
import { lint } from '../../../core/lint/lint.ts';
import { chainTexts } from '../../support/chains.ts';
import type { SourceEdit } from '../../support/edits.ts';
import { cut, put } from '../../support/edits.ts';
import { changedChain } from '../../support/planned.ts';

const file = 'x/wick/module.go';
const migrations = 'x/wick/keeper/migrations.go';
const text = chainTexts('typed')[file]!;
const registration = text.slice(
  text.indexOf('\tif err := cfg.RegisterMigration(types.ModuleName, 2'),
  text.indexOf('}\n\n// ConsensusVersion'),
);
/** The release has version 2 of x/wick, and nothing of the step to version 3. */
const asReleased: readonly SourceEdit[] = [
  cut(file, registration),
  put(file, 'uint64 { return 3 }', 'uint64 { return 2 }'),
];

/** What is found where the registration of the migration to version 3 is missing. */
async function forgotten(edits: readonly SourceEdit[] = []) {
  const { chain, repo: before } = await changedChain('typed', asReleased);
  const base = { ref: 'v1.0.0', merged: true, chain, repo: before };
  const { repo } = await changedChain('typed', [cut(file, registration), ...edits]);
  const found = lint(analyse(repo), { bases: [base] });
  const [finding, ...others] = found.filter(({ rule }) => rule === 'migration-gap');
  assert.equal(others.length, 0);
  return { repo, finding: finding! };
}

describe("a migrator's method that is not registered", () => {
  it('is registered like the one before it, unasked', async () => {
    const { repo, finding } = await forgotten();
    const fix = preferredFix(finding);
    assert.equal(fix?.title, 'Register Migrate2to3');
    assert.equal(withFix(repo, fix).texts.get(file), text);
  });

  const method = 'func (m Migrator) Migrate2to3(ctx sdk.Context) error {';
  const first = text.slice(text.indexOf('\tif err := cfg'), text.indexOf(registration));
  const call = 'cfg.RegisterMigration(types.ModuleName, 1, m.Migrate1to2)';

  for (const [title, ...edits] of [
    ['the migrator lacks it', put(migrations, ') Migrate2to3(', ') MigrateLater(')],
    ['it is that of another type', put(migrations, method, method.replace('Migrator', 'Other'))],
    ['it takes more', put(migrations, method, method.replace('Context)', 'Context, all bool)'))],
    ['it is one of a pointer', put(migrations, method, method.replace('Migrator', '*Migrator'))],
    [
      'the one before it is checked in a statement of its own',
      put(file, first, first.replace('if err := ', 'err := ').replace('; err', '\n\tif err')),
    ],
    ['the one before it is checked by nothing', put(file, first, `\t${call}\n`)],
    ['the one before it has an else', put(file, first, first.replace(/\}\n$/, '} else {\n\t}\n'))],
    [
      'a statement registers several',
      put(file, first, `\tmust(${call}, cfg.RegisterMigration(types.ModuleName, 7, other))\n`),
    ],
    ['the one before it has a remark', put(file, first, first.replace('1, ', '1 /* v1 */, '))],
  ] as const) {
    it(`is left alone where ${title}`, async () => {
      const { finding } = await forgotten(edits);
      assert.ok(finding.fixes.every(fix => !fix.title.startsWith('Register Migrate')));
    });
  }

  it('is left alone where it is a function of a package', async () => {
    const { finding } = await forgotten([
      put(file, 'm.Migrate1to2', 'v2.Migrate1to2'),
      put(file, 'import (\n', 'import (\n\tv2 "example.com/wick/v2"\n'),
      put(file, '\tm := keeper.NewMigrator(am.keeper)\n', ''),
    ]);
    assert.ok(finding.fixes.every(fix => !fix.title.startsWith('Register Migrate')));
  });

  for (const [title, ...edits] of [
    [
      'the migrator may be another one',
      put(file, 'keeper.NewMigrator(', 'other.NewMigrator('),
      put(file, 'import (\n', 'import (\n\tother "example.com/wick"\n'),
    ],
    [
      'the one before it is registered under a condition',
      put(file, first, `\tif am.isNew {\n${first.replace(/^(?=.)/gm, '\t')}\t}\n`),
    ],
  ] as const) {
    it(`is offered only where ${title}`, async () => {
      const { finding } = await forgotten(edits);
      const [fix] = finding.fixes;
      assert.equal(fix?.title, 'Register Migrate2to3');
      assert.equal(fix.preferred, false);
    });
  }

  it('is registered for each step that is missing', async () => {
    const { repo, finding } = await forgotten([
      put(file, 'uint64 { return 3 }', 'uint64 { return 4 }'),
      put(
        migrations,
        '// Migrate2to3 ',
        'func (m Migrator) Migrate3to4(ctx sdk.Context) error { return nil }\n\n// Migrate2to3 ',
      ),
    ]);
    const fix = preferredFix(finding);
    assert.equal(fix?.title, 'Register Migrate2to3, Migrate3to4');
    const fixed = withFix(repo, fix).texts.get(file)!;
    assert.match(
      fixed,
      /ModuleName, 2, m\.Migrate2to3\)[\s\S]* 2 to 3: %w[\s\S]*ModuleName, 3, m\.Migrate3to4\)[\s\S]* 3 to 4: %w/,
    );
  });
});
