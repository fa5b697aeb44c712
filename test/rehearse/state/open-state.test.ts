import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateFacts } from '../../../core/rehearse/state-facts.ts';
import type { RehearsalFolder } from '../../../rehearse/rehearsal-folder.ts';
import type { GivenState } from '../../../rehearse/state/open-state.ts';
import { checkState, openState } from '../../../rehearse/state/open-state.ts';
import { tempDir, treeOf } from '../../support/temp.ts';

const signal = new AbortController().signal;
const database = { 'data/application.db/CURRENT': 'm', 'data/application.db/000001.log': 'j' };
const said: StateFacts = {
  height: 100,
  time: '2026-01-02T03:04:05Z',
  chainId: '',
  stores: [],
  modules: {},
  plan: null,
  done: [],
};

/** Opens a state that says such things of itself. */
async function opened(
  path: string,
  facts: Partial<StateFacts> = {},
  chainId?: string,
): Promise<GivenState> {
  const dir = join(tempDir(), 'run');
  mkdirSync(dir);
  const place: RehearsalFolder = { dir, started() {}, ended() {}, leave() {} };
  const tools = { place, signal, chainId };
  const commands = {
    home: join(dir, 'home'),
    must: () => Promise.reject(new Error('no command is needed')),
  };
  const program = { settle: async () => ({ ...said, ...facts }) };
  return openState(await checkState(path, tools), program, commands, tools);
}

const genesisOf = ({ home }: GivenState) =>
  JSON.parse(readFileSync(join(home, 'config/genesis.json'), 'utf8')) as { chain_id: string };

describe('a state in a home of its own', () => {
  it("is a node's home, with its chain's id", async () => {
    const genesis = '{"chain_id": "tiny-1", "app_state": {"a": 1}}';
    const given = tempDir({ ...database, 'config/genesis.json': genesis });
    const before = treeOf(given);
    const state = await opened(given);
    assert.deepEqual([state.source, state.chainId, state.height], ['home', 'tiny-1', 100]);
    assert.equal(readFileSync(join(state.home, 'config/genesis.json'), 'utf8'), genesis);
    assert.equal(readFileSync(join(state.home, 'data/application.db/CURRENT'), 'utf8'), 'm');
    assert.deepEqual(treeOf(given), before);
  });

  it("is a data folder, with the genesis beside it, CometBFT's word or the lock's", async () => {
    const beside = tempDir({ ...database, 'config/genesis.json': '{"chain_id":"a-1"}' });
    assert.equal((await opened(join(beside, 'data'))).chainId, 'a-1');
    const data = join(tempDir(database), 'data');
    const state = await opened(data, { chainId: 'b-1' }, 'c-1');
    assert.deepEqual([state.source, state.chainId], ['data', 'b-1']);
    assert.equal(genesisOf(state).chain_id, 'b-1');
    assert.equal(genesisOf(await opened(data, {}, 'c-1')).chain_id, 'c-1');
    await assert.rejects(opened(data), /does not say of which chain it is: write it down first/);
  });

  it('is an exported genesis, which is read without its app state', async () => {
    const text = JSON.stringify({
      chain_id: 'tiny-1',
      initial_height: '101',
      app_state: { bank: {} },
      consensus: { params: { block: { max_gas: '5' } } },
    });
    const path = join(tempDir({ 'genesis.json': text }), 'genesis.json');
    const { source, chainId, height, genesis, home } = await opened(path);
    assert.deepEqual([source, chainId, height], ['genesis', 'tiny-1', 100]);
    const { start, end } = genesis!.appState;
    assert.equal(text.slice(start, end), '{"bank":{}}');
    assert.deepEqual(Object.keys(genesis!.rest as object).sort(), [
      'chain_id',
      'consensus',
      'initial_height',
    ]);
    assert.equal(readFileSync(join(home, 'config/genesis.json'), 'utf8'), text);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    [
      'ends too early',
      '{"chain_id":"a-1","app_state":{"bank":',
      /ends too early: it is not whole$/,
    ],
    ['has no app state', '{"chain_id":"a-1"}', /is no genesis: it has no app_state$/],
    ['names no chain', '{"app_state":{}}', /is no genesis: it has no chain_id$/],
    ['is no JSON', '{"chain_id":a-1,"app_state":{}}', /is no JSON: /],
  ];
  for (const [title, text, message] of refused) {
    it(`is no genesis that ${title}`, async () => {
      await assert.rejects(opened(join(tempDir({ 'a.json': text }), 'a.json')), message);
    });
  }

  it('has nothing that could not be read', async () => {
    const given = tempDir({ ...database, 'config/genesis.json': '{"chain_id":' });
    await assert.rejects(opened(given), /is no genesis: it has no chain_id$/);
    assert.equal(existsSync(join(given, 'home')), false);
  });
});
