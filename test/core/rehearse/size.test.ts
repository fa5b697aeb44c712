import assert from 'node:assert/strict';
import { sizeIn } from '../../../core/rehearse/size.ts';

describe('a size as people write it', () => {
  for (const [text, bytes] of [
    ['10GB', 10e9],
    ['1.5 GiB', 1.5 * 2 ** 30],
    ['500mb', 500e6],
    ['0', 0],
    ['12', 12],
  ] as const)
    it(`${text} is ${bytes} bytes`, () => assert.equal(sizeIn(text), bytes));

  for (const text of ['', 'GB', '-1GB', '10 G', '1e3', '99999999TB'])
    it(`${JSON.stringify(text)} is none`, () => assert.equal(sizeIn(text), undefined));
});
