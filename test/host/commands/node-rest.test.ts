import assert from 'node:assert/strict';
import { openRest } from '../../../host/commands/node-rest.ts';
import { nodeAnswers, restNode } from '../../support/rest-node.ts';

const info = '/cosmos/base/tendermint/v1beta1/node_info';

describe('a node asked on its REST address', () => {
  it('says its network and version', async () => {
    const node = await restNode(nodeAnswers({ version: '2.1.0', commit: 'ab' }));
    try {
      assert.deepEqual(await openRest(node.url).info(), {
        chainId: 'tally-1',
        version: '2.1.0',
        commit: 'ab',
      });
      assert.deepEqual(
        openRest('https://rest.example.org/secret-key/').address,
        'https://rest.example.org',
      );
    } finally {
      node.close();
    }
  });

  it('is given up on when it is silent, or talks without end', async () => {
    const silent = await restNode({ [info]: () => {} });
    const endless = await restNode({
      [info]: (r: {
        write(t: string): boolean;
        on(e: string, f: () => void): void;
        destroyed: boolean;
      }) => {
        const more = () => {
          while (!r.destroyed && r.write('x'.repeat(1 << 16)));
        };
        r.on('drain', more);
        more();
      },
    });
    try {
      await assert.rejects(openRest(silent.url, 200).info(), /no answer within 0\.2 seconds/);
      await assert.rejects(openRest(endless.url).info(), /its answer is too long/);
    } finally {
      silent.close();
      endless.close();
    }
  });

  it('is not believed where it talks nonsense', async () => {
    for (const answers of [
      {
        ...nodeAnswers({}),
        '/cosmos/upgrade/v1beta1/module_versions': {
          module_versions: [{ name: 'bank', version: 'four' }],
        },
      },
      { ...nodeAnswers({}), '/cosmos/upgrade/v1beta1/module_versions': { module_versions: [] } },
      nodeAnswers({ applied: { v2: '-1' } }),
    ]) {
      const node = await restNode(answers);
      try {
        await assert.rejects(
          openRest(node.url).state(['v2']),
          /gave "four" where|knows no module versions|gave "-1" where/,
        );
      } finally {
        node.close();
      }
    }
  });
});
