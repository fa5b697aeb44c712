import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from 'ts-morph';
import { brokenAt } from '../../core/go/source/broken.ts';
import { newRule, withRule } from '../../scripts/new-rule/new-rule.ts';
import { factsOf } from '../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../support/gofmt.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

const list = 'core/lint/all.ts';
const name = 'gone-module-kept';
const files = [
  `core/lint/rules/${name}.ts`,
  `docs/rules/${name}.md`,
  `test/core/lint/rules/cases/${name}-fine.txtar`,
  list,
];

describe('new-rule', function () {
  this.timeout(60_000);
  const root = tempDir({ [list]: readFileSync(join(projectRoot, list), 'utf8') });
  const written = newRule(root, name);
  const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

  it('writes the rule, its page, a case and its line', () => {
    assert.deepEqual(written, files);
    assert.match(textOf(files[1]!), /^# gone-module-kept\n\nwarning: /);
    for (const heading of ['Problem', 'Solution', 'When to ignore', 'How it was checked'])
      assert.ok(textOf(files[1]!).includes(`\n## ${heading}\n`));
    assert.match(
      textOf(files[2]!),
      /^TODO: .*\n\n-- app\/upgrades\/v3\/upgrades\.go --\npackage v3\n/,
    );
  });

  it('compiles', () => {
    const project = new Project({
      tsConfigFilePath: join(projectRoot, 'tsconfig.json'),
      skipAddingFilesFromTsConfig: true,
    });
    const sources = [files[0]!, list].map(path =>
      project.createSourceFile(join(projectRoot, path), textOf(path), { overwrite: true }),
    );
    const faults = sources.flatMap(source => source.getPreEmitDiagnostics());
    assert.deepEqual(project.formatDiagnosticsWithColorAndContext(faults), '');
  });

  it('has samples of Go that are as gofmt wants them', () => {
    const code = textOf(files[2]!).split(' --\n')[1]!;
    assert.equal(brokenAt(factsOf(code)), undefined);
    if (gofmtIsHere) assert.equal(gofmtWish(code), undefined);
  });

  it('keeps the list in order', () => {
    const text =
      "import { b } from './rules/b-b.ts';\nimport { d } from './rules/d-d.ts';\n[\n  b,\n  d,\n];\n";
    const imports = /rules\/(.)-/g;
    for (const [letter, order] of [
      ['a', 'abd'],
      ['c', 'bcd'],
      ['e', 'bde'],
    ] as const) {
      const now = withRule(text, `${letter}-${letter}`, letter);
      assert.equal([...now.matchAll(imports)].map(found => found[1]).join(''), order);
      assert.equal([...now.matchAll(/^ {2}(.),$/gm)].map(found => found[1]).join(''), order);
    }
    assert.throws(() => withRule('', 'a-b', 'aB'), /no list of rules/);
  });

  it('refuses a name that is taken or is none', () => {
    assert.throws(() => newRule(root, name), /gone-module-kept\.ts is there already$/);
    for (const wrong of ['Upper-case', 'one', '../up', 'a_b', '-a-b'])
      assert.throws(() => newRule(root, wrong), /is no name of a rule/);
  });
});
