import assert from 'node:assert/strict';
import { brokenAt } from '../../../../core/go/source/broken.ts';
import { rules } from '../../../../core/lint/all.ts';
import { factsOf } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { RuleCase } from '../../../support/rule-cases.ts';
import { caseNames, faultsIn, parseCase, readCase, resultOf } from '../../../support/rule-cases.ts';
import { pageOf } from '../../../support/rule-pages.ts';

describe('cases of the rules', () => {
  const titles = new Map<string, string>();
  const reported = new Set<string>();

  for (const name of caseNames()) {
    const found = parseCase(readCase(name));
    it(`${name}: ${found.title}`, async () => {
      assert.match(found.title, /^[A-Z].*[^:]$/);
      assert.equal(titles.get(found.title), undefined, 'another case has this title');
      titles.set(found.title, name);
      for (const [file, text] of [...found.base, ...found.now]) {
        if (!file.endsWith('.go')) continue;
        assert.equal(brokenAt(factsOf(text, file)), undefined, `${file} parses`);
        if (gofmtIsHere) assert.equal(gofmtWish(text), undefined, `${file} is as gofmt wants it`);
      }
      const result = await resultOf(found);
      for (const { rule, severity } of result.problems) reported.add(`${rule} ${severity}`);
      assert.deepEqual(faultsIn(found, result), []);
    });
  }

  for (const rule of rules) {
    it(`the page of ${rule.name} names the severities that a case has otherwise`, () => {
      const prose = pageOf(rule)
        .text.replace(/^```[\s\S]*?^```$/gm, '')
        .replace(`${rule.severity}: `, '');
      const others = severities.filter(
        one => one !== rule.severity && reported.has(`${rule.name} ${one}`),
      );
      assert.deepEqual(
        others.filter(one => !named[one].test(prose)),
        [],
      );
    });
  }
});

const severities = ['error', 'warning', 'info'] as const;

/** How a page speaks of a severity. */
const named = { error: /\ban error\b/, warning: /\ba warning\b|\bwarnings\b/, info: /`info`/ };

async function faultsOf(found: RuleCase): Promise<string[]> {
  return faultsIn(found, await resultOf(found));
}

describe('the runner of the cases', () => {
  const text = readCase('stale-added-left-over.txtar');
  const comment = / \/\/ want .*$/m;

  it('misses a want that was taken out', async () => {
    assert.ok(comment.test(text));
    const [fault, ...others] = await faultsOf(parseCase(text.replace(comment, '')));
    assert.match(fault!, /^not wanted: app\/upgrades\/v3\/upgrades\.go:\d+ warning stale-added/);
    assert.deepEqual(others, []);
  });

  it('misses a finding that is wanted and not reported', async () => {
    const more = text.replace(/^package v3$/m, '$& // want swallowed-error "is discarded"');
    assert.deepEqual(await faultsOf(parseCase(more)), [
      'missing: app/upgrades/v3/upgrades.go:1 swallowed-error "is discarded"',
    ]);
  });

  it('misses a place that is to be said and is not', async () => {
    const more = text.replace(/^package v3$/m, '$& // unread swallowed-error "not judged"');
    assert.deepEqual(await faultsOf(parseCase(more)), [
      'not said: app/upgrades/v3/upgrades.go:1 swallowed-error "not judged"',
    ]);
  });

  it('compares the severity where one is wanted', async () => {
    const wrong = text.replace('want warning ', 'want error ');
    assert.equal((await faultsOf(parseCase(wrong))).length, 2);
  });

  it('reads several wants of one line, and refuses what it cannot read', () => {
    const wanted = (line: string) => parseCase(`Title.\n-- a.go --\n${line}\n`).wanted;
    assert.deepEqual(
      wanted(String.raw`x // want stale-added "\"a\"" info empty-rename "b"`).map(
        ({ line, rule, text: part, severity }) => [line, rule, part, severity],
      ),
      [
        [1, 'stale-added', '"a"', undefined],
        [1, 'empty-rename', 'b', 'info'],
      ],
    );
    assert.deepEqual(wanted('x // what is wanted'), []);
    for (const line of ['x // want', 'x // want stale-added', 'x // want no-such-rule "a"'])
      assert.throws(() => wanted(line), /^Error: a\.go:1: write \/\/ want/);
  });
});
