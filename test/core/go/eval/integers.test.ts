import assert from 'node:assert/strict';
import { intValue } from '../../../../core/go/eval/integers.ts';
import { repoOf } from '../../../support/go.ts';

async function intIn(expression: string, more = ''): Promise<number | string> {
  const repo = await repoOf({
    'go.mod': 'module m\n',
    'a.go': `package a\n\n${more}\n\nvar x = ${expression}\n`,
  });
  const facts = repo.facts('a.go')!;
  const found = intValue(repo, { facts, node: facts.vars.find(v => v.name === 'x')!.value! });
  return 'value' in found ? found.value : found.why;
}

describe('a whole number', () => {
  const cases: [string, number | string, string?][] = [
    ['3', 3],
    ['1_000', 1000],
    ['0x10', 16],
    ['010', 8],
    ['0o17', 15],
    ['0b11', 3],
    ['0', 0],
    ['(2)', 2],
    ['uint64(4)', 4],
    ['V', 5, 'const V = 5'],
    ['V + 1', 6, 'const V uint64 = 5'],
    ['V', 7, 'const V = uint64(old + 1)\n\nconst old = 6'],
    ['v()', 8, 'func v() uint64 { return 8 }'],
    ['V * 2', 'V * 2 is computed', 'const V = 5'],
    ['"3"', '"3" is not a constant'],
    ['other()', 'other() is computed elsewhere'],
    ['V', 'V is defined in a circle', 'func V1() uint64 { return V1() }\n\nvar V = V1()'],
    ['out.V', 'example.org/out.V is defined outside this repository', 'import "example.org/out"'],
    ['99999999999999999999', '99999999999999999999 is no number'],
  ];
  for (const [expression, wanted, more] of cases) {
    it(`${expression}${more ? ` after ${more.split('\n')[0]}` : ''} is ${wanted}`, async () => {
      const found = await intIn(expression, more);
      if (typeof wanted === 'string' && wanted.includes('circle'))
        assert.match(String(found), /circle/);
      else assert.equal(found, wanted);
    });
  }
});
