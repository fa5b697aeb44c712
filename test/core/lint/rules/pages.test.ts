import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Repo } from '../../../../core/go/repo/repo.ts';
import { brokenAt } from '../../../../core/go/source/broken.ts';
import { rules } from '../../../../core/lint/all.ts';
import type { Diagnostic } from '../../../../core/lint/diagnostic.ts';
import { fullMessage } from '../../../../core/lint/diagnostic.ts';
import { fixEdits } from '../../../../core/lint/fix.ts';
import type { SuggestedFix } from '../../../../core/lint/rule.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import {
  layered,
  pageFolder,
  pageOf,
  problemsIn,
  sampleChain,
  sampleNext,
  samplesOf,
} from '../../../support/rule-pages.ts';

describe('the pages of the rules', () => {
  it('there is one for each rule, and no other', () => {
    assert.deepEqual(readdirSync(pageFolder).sort(), rules.map(rule => `${rule.name}.md`).sort());
  });

  it('the chain of the samples is clean', async () => {
    const repo = await layered([sampleChain]);
    const after = await layered([sampleChain, sampleNext]);
    assert.deepEqual(linted(repo, repo), []);
    assert.deepEqual(linted(after, repo), []);
  });

  for (const rule of rules) {
    describe(rule.name, () => {
      const page = pageOf(rule);

      it('says what it is, what to do and when to ignore it', () => {
        assert.deepEqual(page.headings, [
          `# ${rule.name}`,
          '## Problem',
          '## Solution',
          '## When to ignore',
          '## How it was checked',
        ]);
        assert.equal(page.first, `${rule.severity}: ${rule.summary}.`);
        assert.ok(page.bad.size > 0 && page.good.size > 0, 'both samples are there');
      });

      it('is reported for the mistake and silent once it is fixed', async () => {
        const { base, bad, good } = await samplesOf(page);
        for (const repo of [base, bad, good])
          for (const file of repo.texts.keys())
            if (file.endsWith('.go'))
              assert.equal(brokenAt(repo.facts(file)!), undefined, `${file} parses`);
        const found = linted(bad, base);
        assert.ok(
          found.some(p => p.startsWith(`${rule.name} `)),
          `reported: ${found.join('\n') || 'nothing'}`,
        );
        assert.deepEqual(
          linted(bad, base),
          found,
          'and again, when the same source is read once more',
        );
        // The chain's own old upgrade is written for 0.50; samples of older SDKs do not repeat it.
        assert.deepEqual(
          linted(good, base).filter(
            p =>
              p.startsWith(`${rule.name} `) ||
              (/ error /.test(p) && !p.includes(' app/upgrades/v2/')),
          ),
          [],
          'after the solution',
        );
      });

      it('is reported in one sentence, without null or undefined', async () => {
        const { base, bad } = await samplesOf(page);
        for (const problem of problemsIn(bad, base).filter(p => p.rule === rule.name)) {
          assert.doesNotMatch(problem.message, /;|\n/);
          const said = [fullMessage(problem), ...problem.fixes.map(fix => fix.title)].join('\n');
          assert.doesNotMatch(said, /\b(null|undefined)\b/);
        }
      });

      it('its repairs take it away, and bring nothing new', async () => {
        const { base, bad } = await samplesOf(page);
        const before = problemsIn(bad, base);
        const own = before.filter(p => p.rule === rule.name);
        if (rule.severity === 'error' && own.every(p => p.fixes.length === 0))
          assert.ok(
            page.text.includes('No repair is offered'),
            'the page says why there is no repair',
          );
        for (const problem of own)
          for (const fix of problem.fixes) repairs(bad, base, problem, fix);
      });
    });
  }
});

/** Throws unless a repair is well-formed, takes its finding away and brings no new error. */
function repairs(bad: Repo, base: Repo, problem: Diagnostic, fix: SuggestedFix): void {
  assert.match(fix.title, /^[A-Z][a-z]+ /);
  const edits = fixEdits(bad, fix);
  assert.ok(edits.length > 0, fix.title);
  const after = bad.with(edits.map(({ file, after: text }) => [file, text] as const));
  for (const { file, after: text } of edits) {
    assert.equal(brokenAt(after.facts(file)!), undefined, `${fix.title}: ${file} parses`);
    if (gofmtIsHere && file.endsWith('.go'))
      assert.equal(gofmtWish(text), undefined, `${fix.title}: ${file} is as gofmt wants it`);
  }
  const left = linted(after, base);
  assert.ok(!left.includes(shown(problem)), `${fix.title}: it is gone`);
  const known = linted(bad, base).map(withoutLine);
  const brought = left.filter(
    finding => / error /.test(finding) && !known.includes(withoutLine(finding)),
  );
  assert.deepEqual(brought, [], `${fix.title}: no new error`);
}

function linted(repo: Repo, base: Repo): string[] {
  return problemsIn(repo, base).map(shown);
}

/** Repairs above a finding move it. */
function withoutLine(finding: string): string {
  return finding.replace(/:\d+ /, ' ');
}

function shown(problem: Diagnostic): string {
  const { rule, severity, location } = problem;
  return `${rule} ${location.file}:${location.line} ${severity} ${fullMessage(problem)}`;
}
