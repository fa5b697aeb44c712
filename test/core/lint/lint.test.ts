import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../../core/chain/analysis.ts';
import type { Config } from '../../../core/lint/config.ts';
import { mergeConfig, readConfig } from '../../../core/lint/config.ts';
import { lint } from '../../../core/lint/lint.ts';
import { onlyNew } from '../../../core/lint/only-new.ts';
import { reportOf } from '../../../core/lint/report.ts';
import { filesBelow } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';
import { projectRoot } from '../../support/root.ts';
import { parseCase, readCase } from '../../support/rule-cases.ts';
import { layered, sampleChain, sampleNext } from '../../support/rule-pages.ts';

const root = join(projectRoot, 'test/rules/chain');
const texts = Object.fromEntries(
  filesBelow(root).map(path => [path, readFileSync(join(root, path), 'utf8')]),
);
/** A migration that never runs. */
const mistake = texts['x/counter/module.go']!.replace(
  'cfg module.Configurator) {}',
  'cfg module.Configurator) {\n\tmust(cfg.RegisterMigration(types.ModuleName, 1, nil))\n}',
);

async function problems(module: string, config: Config = {}) {
  const repo = await repoOf({ ...texts, 'x/counter/module.go': module });
  return lint(analyse(repo), { config }).map(
    p => `${p.location.file}:${p.location.line} ${p.severity} ${p.rule}`,
  );
}

const line = mistake.split('\n').findIndex(l => l.includes('RegisterMigration')) + 1;
const found = `x/counter/module.go:${line} warning migration-never-runs`;

describe('lint', () => {
  it('finds the mistake', async () => assert.deepEqual(await problems(mistake), [found]));

  it('takes a pointer that may do harm for a warning, where no release tells what is pending', async () => {
    const { now } = parseCase(readCase('store-upgrades-loop-pointer-two-upgrades.txtar'));
    const repo = await layered([sampleChain, sampleNext, now]);
    const pointer = lint(analyse(repo), {}).find(p => p.rule === 'store-upgrades-loop-pointer');
    assert.equal(pointer?.severity, 'warning');
    assert.match(pointer.consequence ?? '', /^"v2" would load its stores instead of its own$/);
  });

  describe('configuration', () => {
    it('changes a severity, turns a rule off, leaves files out', async () => {
      assert.deepEqual(await problems(mistake, { rules: { 'migration-never-runs': 'error' } }), [
        found.replace('warning', 'error'),
      ]);
      assert.deepEqual(await problems(mistake, { rules: { 'migration-never-runs': 'off' } }), []);
      assert.deepEqual(await problems(mistake, { exclude: ['x/**'] }), []);
      assert.deepEqual(await problems(mistake, { exclude: ['app/**', '*.md'] }), [found]);
    });

    it('is refused in one line where it is wrong', () => {
      const refused = (text: string) => {
        const config = readConfig(text);
        return 'error' in config
          ? (config.error as string)
          : (assert.ok(false, `taken: ${text}`) as unknown as string);
      };
      assert.match(refused('{'), /^\.chain-upgrade\.json: invalid JSON/);
      assert.match(refused('[]'), /write an object/);
      assert.match(refused('{"base": 1}'), /"base" has to be a git ref/);
      assert.match(refused('{"exclude": "x"}'), /"exclude" has to be a list/);
      assert.match(
        refused('{"rules": {"nope": "off"}}'),
        /there is no rule nope; chain-upgrade lint --list/,
      );
      assert.match(
        refused('{"rules": {"stale-added": "loud"}}'),
        /has to be one of error, warning, info, off/,
      );
      assert.match(refused('{"colour": true}'), /unknown setting "colour"/);
    });

    it('of the editor wins over the file', () => {
      assert.deepEqual(
        mergeConfig(
          { base: 'v1', rules: { a: 'off', b: 'info' }, exclude: ['x'] },
          { base: 'v2', rules: { b: 'error' }, exclude: ['y'] },
        ),
        {
          base: 'v2',
          rules: { a: 'off', b: 'error' },
          exclude: ['x', 'y'],
        },
      );
      assert.deepEqual(mergeConfig({ base: 'v1' }, { rules: {} }), { base: 'v1', rules: {} });
    });
  });

  describe('suppression', () => {
    const above = (comment: string) =>
      mistake.replace(/^.*must\(cfg.*$/m, l => `\t${comment}\n${l}`);
    const at = `x/counter/module.go:${line}`;

    it('works on the line and above it, and for a file', async () => {
      assert.deepEqual(
        await problems(
          above('//chain-upgrade:ignore migration-never-runs it comes with the next release'),
        ),
        [],
      );
      assert.deepEqual(
        await problems(
          mistake.replace(
            /(must\(cfg.*)$/m,
            '$1 //chain-upgrade:ignore migration-never-runs later',
          ),
        ),
        [],
      );
      assert.deepEqual(
        await problems(`//chain-upgrade:ignore-file migration-never-runs all of it\n${mistake}`),
        [],
      );
    });

    it('needs a reason and a rule that exists', async () => {
      const below = found.replace(String(line), String(line + 1));
      assert.deepEqual(await problems(above('//chain-upgrade:ignore migration-never-runs')), [
        `${at} warning suppression`,
        below,
      ]);
      assert.deepEqual(await problems(above('//chain-upgrade:ignore no-such-rule because')), [
        `${at} warning suppression`,
        below,
      ]);
      assert.deepEqual(await problems(above('//chain-upgrade:ignore')), [
        `${at} warning suppression`,
        below,
      ]);
    });

    it('is reported where it silences nothing', async () => {
      const clean = texts['x/counter/module.go']!;
      assert.deepEqual(await problems(`//chain-upgrade:ignore-file stale-added once\n${clean}`), [
        'x/counter/module.go:1 warning suppression',
      ]);
      assert.deepEqual(
        await problems(`//chain-upgrade:ignore-file stale-added once\n${clean}`, {
          rules: { 'stale-added': 'off' },
        }),
        [],
      );
      assert.deepEqual(await problems(`// chain-upgrade:ignored is no such comment\n${clean}`), []);
    });
  });

  it('only new ones are those the baseline lacks, wherever they stand in their declaration', async () => {
    const read = async (module: string) => {
      const repo = await repoOf({ ...texts, 'x/counter/module.go': module });
      return { repo, problems: lint(analyse(repo)) };
    };
    const before = await read(mistake);
    const moved = await read(`// moved\n\n${mistake}`);
    const clean = await read(texts['x/counter/module.go']!);
    assert.deepEqual(onlyNew(moved.repo, moved.problems, before.repo, before.problems), []);
    assert.equal(onlyNew(moved.repo, moved.problems, clean.repo, clean.problems).length, 1);
  });

  it('reports 1-based places with exclusive ends', async () => {
    const repo = await repoOf({ ...texts, 'x/counter/module.go': mistake });
    const report = reportOf('/r', 'v1.0.0', repo, lint(analyse(repo)), ['n']);
    const text = mistake.split('\n')[line - 1]!;
    const column = text.indexOf('cfg.Register') + 1;
    assert.deepEqual(Object.keys(report), ['root', 'base', 'findings', 'notes', 'notJudged']);
    assert.deepEqual(
      { ...report.findings[0], message: '', related: [] },
      {
        rule: 'migration-never-runs',
        severity: 'warning',
        file: 'x/counter/module.go',
        line,
        column,
        endLine: line,
        endColumn: text.lastIndexOf(')') + 1,
        message: '',
        related: [],
        fixes: [],
        preferredFix: null,
        consequence: 'it never runs',
      },
    );
    assert.equal(reportOf('/r', undefined, repo, [], []).base, null);
  });
});
