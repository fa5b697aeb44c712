import assert from 'node:assert/strict';
import { withFigure } from '../../scripts/test/figures.ts';

describe('the figures of the generations', () => {
  const era = { file: 'test/live/era.test.ts', passed: 18, failed: 0, minutes: 7.25 };

  it('are added, sorted and replaced, and what was not run again stays', () => {
    let text = withFigure('', { ...era, generation: '0.53' });
    text = withFigure(text, { ...era, file: 'test/go/era.test.ts', generation: '0.47' });
    text = withFigure(`text before\n\n${text}`, {
      ...era,
      generation: '0.53',
      passed: 17,
      failed: 1,
    });
    text = withFigure(text, { ...era, generation: '0.55', minutes: 61 });
    assert.equal(
      text,
      [
        '| tests | 0.47 | 0.50 | 0.53 | 0.54 | 0.55 |',
        '| --- | --- | --- | --- | --- | --- |',
        '| `test/go/era.test.ts` | 18, 7.3 min |  |  |  |  |',
        '| `test/live/era.test.ts` |  |  | 17 of 18, 7.3 min |  | 18, 61.0 min |',
        '',
      ].join('\n'),
    );
  });
});
