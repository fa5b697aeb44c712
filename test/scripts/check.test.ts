import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineOfFigure, withinLimits } from '../../scripts/check/figures.ts';
import { codeLinesOf, isOnlyText, linesOf } from '../../scripts/check/lines.ts';
import { parts } from '../../scripts/check/parts.ts';
import { exportedNames, nestedConditionals } from '../../scripts/check/syntax.ts';
import { commentsOf, parse } from '../../scripts/check/tokens.ts';
import { projectRoot } from '../support/root.ts';

describe('figures of the code', () => {
  it('count tokens of lines that hold code', () => {
    const text = '// a comment\n\nconst a = 1; // 5 tokens\n/** Doc. */\nconst b = `x\ny`;\n';
    assert.deepEqual(codeLinesOf(parse(text)), { lines: 3, tokens: 10 });
  });

  it('know a template and a regular expression as one token each side of its holes', () => {
    assert.deepEqual(codeLinesOf(parse(`f(/a"b/, \`x\${c}y\`);`)), { lines: 1, tokens: 9 });
  });

  it('count lines without the break at the end', () => {
    assert.deepEqual(linesOf('a\r\nb\n'), ['a', 'b']);
  });

  it('tell lines that one string makes long', () => {
    for (const line of [
      "  'a text',",
      "    help: 'a text',",
      "const name = 'a text';",
      "  throw('a text' +",
      `  // see https://example.com/${'a'.repeat(50)}`,
    ])
      assert.equal(isOnlyText(line), true, line);
    for (const line of ["f(a, b, 'a text');", "a ? 'b' : 'c'", 'const a = b.map(c => c);'])
      assert.equal(isOnlyText(line), false, line);
  });

  it('count conditional expressions in arms of others', () => {
    assert.equal(nestedConditionals(parse('a ? b : c ? d : e;')), 1);
    assert.equal(nestedConditionals(parse('a ? (b ? c : d) : e ? f : g;')), 2);
    assert.equal(nestedConditionals(parse('(a ? b : c) ? d : e; f(a ? b : g(c ? d : e));')), 0);
  });

  it('find the names that a file itself exports', () => {
    const text = `
      export const a = 1, b = 2; export function c() {} export type D = 1; interface E {}
      export { E, b as f }; export { g } from './g.ts'; export * from './h.ts';
      export default class I {} const j = 1;`;
    assert.deepEqual([...exportedNames(parse(text))], ['a', 'b', 'c', 'D', 'E', 'f']);
  });

  it('find comments, and no comments in strings', () => {
    const text = "const a = '// no'; // one\n/* two */ const b = /\\/\\*x*\\//;";
    assert.deepEqual(commentsOf(parse(text)), [
      { text: '// one', start: 19 },
      { text: '/* two */', start: 26 },
    ]);
  });

  it('keep their limits, or say what was counted', () => {
    const within = { name: 'a', value: 0, limit: 0, counted: [] };
    assert.deepEqual(withinLimits([within]), { ok: true, output: '' });
    const over = { name: 'b', value: 2, limit: 0, counted: ['core/a.ts', 'core/b.ts'] };
    assert.deepEqual(withinLimits([within, over]), {
      ok: false,
      output: 'figure b 2 limit <=0 OVER\ncore/a.ts\ncore/b.ts',
    });
  });

  it('say which is over its limit', () => {
    assert.equal(lineOfFigure({ name: 'a', value: 1, limit: 2 }), 'figure a 1 limit <=2');
    assert.equal(
      lineOfFigure({ name: 'a', value: 2.345, limit: 2 }),
      'figure a 2.35 limit <=2 OVER',
    );
  });
});

describe('check', function () {
  this.timeout(30_000);
  it('fails where two files export a name', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'check-'));
    try {
      spawnSync('git', ['init', '-q'], { cwd: dir });
      mkdirSync(join(dir, 'core'));
      writeFileSync(join(dir, 'tsconfig.json'), '{}');
      writeFileSync(join(dir, 'core/a.ts'), 'export const plan = 1;\nexport const a = 1;\n');
      const other = join(dir, 'core/b.ts');
      const figures = parts.find(({ name }) => name === 'figures')!;
      writeFileSync(other, 'export function plan(): void {}\n');
      const { ok, output } = await figures.run(dir);
      assert.equal(ok, false);
      assert.match(output, /^plan: core\/a\.ts, core\/b\.ts$/m);
      writeFileSync(other, "export { plan } from './a.ts';\n");
      assert.deepEqual(await figures.run(dir), { ok: true, output: '' });
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('says what it cannot do', () => {
    const script = join(projectRoot, 'dist/scripts/check.js');
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    const nowhere = run('--figures', '--dir', 'no-such-folder');
    assert.equal(nowhere.status, 2);
    assert.match(nowhere.stderr, /^check: .*no-such-folder is not there\n$/);
    assert.match(run('--dir', '.').stderr, /^check: --dir needs --figures\n$/);
  });
});
