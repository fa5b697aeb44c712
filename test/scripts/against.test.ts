import assert from 'node:assert/strict';
import { compareFigures, readFigures } from '../../scripts/bench/against.ts';

const run = (edit: number, vet: number) =>
  readFigures(`bench edit/list ${edit} limit <=3\nnoise\nbench vet/list ${vet} limit >=50 OVER\n`);

describe('a bench against another build', () => {
  it('compares the best of each, and allows the spread of the other one', () => {
    const [edit, vet] = compareFigures([run(1.2, 70), run(1.04, 60)], [run(1, 70), run(1.01, 72)]);
    assert.deepEqual([edit!.ours, edit!.theirs, edit!.kept], [1.04, 1, true]);
    assert.deepEqual([vet!.ours, vet!.theirs, vet!.kept], [70, 72, true]);
  });

  it('says what is worse by more than 5 %', () => {
    const [edit, vet] = compareFigures([run(1.06, 60)], [run(1, 70)]);
    assert.deepEqual([edit!.kept, vet!.kept], [false, false]);
  });

  it('takes a noisy build for its word', () => {
    const [edit] = compareFigures([run(1.3, 70)], [run(1, 70), run(1.4, 70)]);
    assert.equal(edit!.kept, true);
  });
});
