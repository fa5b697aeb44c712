import assert from 'node:assert/strict';
import { embeds } from '../../../../core/go/source/embed.ts';

describe('what a go:embed pattern takes in', () => {
  for (const [pattern, taken, left] of [
    ['v9', ['v9/a.txt', 'v9'], ['v90/a.txt', 'other/v9']],
    ['all:v9', ['v9/.keep'], ['v8/.keep']],
    ['v*', ['v9/a.txt', 'v10'], ['x9/a.txt']],
    ['v?/*.txt', ['v9/a.txt'], ['v10/a.txt', 'v9/a/b.txt', 'v9/a.md']],
    ['v[0-9]', ['v9/a.txt'], ['vx/a.txt', 'v10/a.txt']],
    ['v[^0-9]', ['vx/a.txt'], ['v9/a.txt']],
    ['a.b', ['a.b'], ['aXb']],
    [String.raw`a\*`, ['a*'], ['ab']],
    // Go does not build with these.
    ['v[z-a]', [], ['vz']],
    ['v[', [], ['v9']],
  ] as const)
    it(pattern, () => {
      for (const file of taken)
        assert.ok(embeds('app/a.go', pattern, `app/${file}`), `${file} is taken in`);
      for (const file of left)
        assert.ok(!embeds('app/a.go', pattern, `app/${file}`), `${file} is left out`);
    });
});
