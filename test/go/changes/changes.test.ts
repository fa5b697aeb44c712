import assert from 'node:assert/strict';
import { GoChain } from '../chain.ts';
import { filesOf, generations } from '../generations.ts';
import type { Edits } from './changes.ts';
import { changed } from './changes.ts';

const file = 'app/app.go';
const imports = { 'old.org/log': 'old.org/log/v2', 'old.org/x': 'new.org/sdk/x' };
const text = `package app

import (
	"io"
	"os"

	"old.org/log"
	"old.org/x/tx"
	uptypes "old.org/x/upgrade/types"
	"new.org/sdk/codec"
	zip "old.org/xz"
)

func New(l log.Logger, _ io.Writer) { os.Exit(uptypes.Fail(codec.Of(zip.Of(tx.None)))) }
`;

/** The file after one generation's changes. */
function appAfter(edits: Edits[string]): string | undefined {
  return changed('chain', new Map([[file, text]]), [
    { imports, edits: { chain: { [file]: edits } } },
  ]).get(file);
}

describe('the changes of a generation', () => {
  it('move packages and what is below them, sort the imports and drop those without use', () => {
    assert.equal(
      appAfter([[', _ io.Writer', '']]),
      text.replace(', _ io.Writer', '').replace(
        /import \([\s\S]*?\)\n/,
        `import (
	"os"

	"new.org/sdk/codec"
	"new.org/sdk/x/tx"
	uptypes "new.org/sdk/x/upgrade/types"
	"old.org/log/v2"
	zip "old.org/xz"
)
`,
      ),
    );
  });

  it('are refused where a text is not there, is there twice, or its file is not', () => {
    assert.throws(() => appAfter([['trace', '']]), /^Error: app\/app\.go has 0 times: trace$/);
    assert.throws(
      () =>
        appAfter([
          ['package app', 'package one'],
          ['codec', ''],
        ]),
      /^Error: app\/app\.go has 2 times: codec$/,
    );
    assert.throws(
      () => changed('chain', new Map(), [{ imports, edits: { chain: { [file]: [['a', 'b']] } } }]),
      /there is no app\/app\.go/,
    );
  });

  for (const generation of generations) {
    it(`fit the chain on SDK ${generation}, its next version and its tests, and leave them gofmt-clean`, () => {
      const chain = new GoChain(generation);
      try {
        chain.layBlocks();
        assert.equal(chain.unformatted(), '');
        assert.deepEqual(
          [...filesOf(generation, 'next').keys()],
          ['x/counter/migrations/v3/move.go'],
        );
      } finally {
        chain.remove();
      }
    });
  }
});
