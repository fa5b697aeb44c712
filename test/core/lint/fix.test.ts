import assert from 'node:assert/strict';
import { fixEdits } from '../../../core/lint/fix.ts';
import type { SuggestedFix } from '../../../core/lint/rule.ts';
import { repoOf } from '../../support/go.ts';

const file = 'app/stores.go';
const source = `package app

import (
	"fmt"

	boxtypes "example.org/tally/x/box/types"
	shelftypes "example.org/tally/x/shelf/types"
)

var added = []string{boxtypes.StoreKey, shelftypes.StoreKey}

var shown = fmt.Sprint(boxtypes.ModuleName)
`;

describe('a repair', () => {
  const edits = async (from: string, to: string) => {
    const repo = await repoOf({ 'go.mod': 'module example.org/tally\n', [file]: source });
    const at = source.indexOf(from);
    const fix: SuggestedFix = {
      title: 'Change it',
      preferred: true,
      edit: changes => changes.edit(file, at, at + from.length, to),
    };
    return fixEdits(repo, fix);
  };

  it('takes an import out with the last code that used it', async () => {
    assert.deepEqual(await edits(', shelftypes.StoreKey', ''), [
      {
        file,
        before: source,
        after: source
          .replace(', shelftypes.StoreKey', '')
          .replace('\tshelftypes "example.org/tally/x/shelf/types"\n', ''),
      },
    ]);
  });

  it('leaves one that other code uses', async () => {
    assert.deepEqual(await edits('boxtypes.StoreKey, ', ''), [
      { file, before: source, after: source.replace('boxtypes.StoreKey, ', '') },
    ]);
  });

  it('that changes nothing is none', async () =>
    assert.deepEqual(await edits('shelftypes.StoreKey', 'shelftypes.StoreKey'), []));
});
