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

  it('is not made up where the migrator lacks it', async () => {
    const { finding } = await forgotten([put(migrations, ') Migrate2to3(', ') MigrateLater(')]);
    assert.equal(preferredFix(finding), undefined);
    assert.ok(finding.fixes.every(({ title }) => !title.startsWith('Register Migrate')));
  });

  it('is not taken from another type', async () => {
    const { finding } = await forgotten([
      put(migrations, 'func (m Migrator) Migrate2to3', 'func (m Other) Migrate2to3'),
    ]);
    assert.equal(preferredFix(finding), undefined);
  });

  it('is left alone where the one before it is checked in a statement of its own', async () => {
    const first = text.slice(text.indexOf('\tif err := cfg'), text.indexOf(registration));
    const apart = first
      .replace('if err := ', 'err := ')
      .replace('; err != nil {', '\n\tif err != nil {');
    const { finding } = await forgotten([put(file, first, apart)]);
    assert.equal(preferredFix(finding), undefined);
  });

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
