import assert from 'node:assert/strict';
import { keyQuery, lastTouched } from '../../../core/rehearse/store-trace.ts';

/** A line as store/tracekv writes it. */
function operation(store: string | undefined, key: string, kind = 'read'): string {
  const metadata = { blockHeight: 8, ...(store !== undefined && { store_name: store }) };
  return JSON.stringify({
    operation: kind,
    key: Buffer.from(key, 'hex').toString('base64'),
    metadata,
  });
}

describe('the key that a node touched last', () => {
  it('is that of the last operation', () => {
    const trace = [operation('bank', '02aa'), operation('counter', '0500', 'iterKey'), ''];
    assert.deepEqual(lastTouched(trace.join('\n')), { store: 'counter', key: '0500' });
  });

  it('is told by the last whole line, and not by what the upgrade module reads for itself', () => {
    const whole = [operation('counter', '05'), operation('upgrade', '00')].join('\n');
    assert.deepEqual(lastTouched(`${whole}\n${operation('bank', '02').slice(0, 20)}`), {
      store: 'counter',
      key: '05',
    });
  });

  it('is not known where nothing else was touched, or no store is named', () => {
    assert.equal(lastTouched(''), undefined);
    assert.equal(lastTouched(operation('upgrade', '00')), undefined);
    assert.equal(lastTouched(operation(undefined, '00')), undefined);
    assert.equal(lastTouched('null\n3\n'), undefined);
  });

  it('is asked for by a query of the RPC', () => {
    assert.equal(
      keyQuery({ store: 'counter', key: '0500' }),
      `curl -s 'http://localhost:26657/abci_query?path="/store/counter/key"&data=0x0500'`,
    );
  });
});
