import assert from 'node:assert/strict';
import { fileOperations } from '../../../core/workspace/file-operations.ts';

describe('moves as an editor makes them', () => {
  it('a file beside, then its folder as a whole', () =>
    assert.deepEqual(
      fileOperations([
        { from: 'app/v5/v5.go', to: 'app/v6/v6.go' },
        { from: 'app/v5/name.go', to: 'app/v6/name.go' },
        { from: 'app/v5/testdata/a.json', to: 'app/v6/testdata/a.json' },
        { from: 'checks/v5.json', to: 'checks/v6.json' },
      ]),
      [
        { from: 'app/v5/v5.go', to: 'app/v5/v6.go' },
        { from: 'checks/v5.json', to: 'checks/v6.json' },
        { from: 'app/v5', to: 'app/v6' },
      ],
    ));
});
