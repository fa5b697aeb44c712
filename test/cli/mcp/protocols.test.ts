import assert from 'node:assert/strict';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { chainDir, main } from '../../support/cli.ts';

type Answer = Readonly<Record<string, unknown>>;

const versionKey = 'io.modelcontextprotocol/protocolVersion';

/** A client that says what it likes, and waits for each answer. */
class Talk {
  private readonly program = new StdioClientTransport({
    command: process.execPath,
    args: [main, 'mcp', '--dir', chainDir('list')],
  });
  private last = 0;

  start(): Promise<void> {
    return this.program.start();
  }

  ask(method: string, params: Answer): Promise<Answer> {
    const id = ++this.last;
    return new Promise(resolve => {
      this.program.onmessage = message => resolve(message as unknown as Answer);
      void this.program.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  close(): Promise<void> {
    return this.program.close();
  }
}

const claiming = (version: string) => ({
  _meta: { [versionKey]: version, 'io.modelcontextprotocol/clientCapabilities': {} },
});

const refusal = (requested: string, supported: unknown) => ({
  code: -32022,
  message: `Unsupported protocol version: ${requested}`,
  data: { supported, requested },
});

describe('the protocols of chain-upgrade mcp', function () {
  this.timeout(60_000);
  let talk: Talk;
  beforeEach(async () => {
    talk = new Talk();
    await talk.start();
  });
  afterEach(() => talk.close());

  it('2026: another revision is refused at any time, and the next request is served', async () => {
    const first = await talk.ask('server/discover', claiming('v999.0.0'));
    const { result } = await talk.ask('server/discover', claiming('2026-07-28'));
    const { supportedVersions } = result as Answer;
    assert.deepEqual(first, {
      jsonrpc: '2.0',
      id: 1,
      error: refusal('v999.0.0', supportedVersions),
    });
    assert.ok('result' in (await talk.ask('prompts/list', claiming('2026-07-28'))));
    for (const version of ['v999.0.0', '2025-11-25'])
      for (const method of ['server/discover', 'tools/list']) {
        const { error } = await talk.ask(method, claiming(version));
        assert.deepEqual(error, refusal(version, supportedVersions));
      }
    assert.ok('result' in (await talk.ask('tools/list', claiming('2026-07-28'))));
  });

  it('2025: requests that name no revision are served', async () => {
    const clientInfo = { name: 'test', version: '1' };
    const protocolVersion = '2025-06-18';
    const asked = { protocolVersion, capabilities: {}, clientInfo };
    const { result } = await talk.ask('initialize', asked);
    assert.equal((result as Answer)['protocolVersion'], protocolVersion);
    assert.ok('result' in (await talk.ask('tools/list', {})));
    assert.ok('result' in (await talk.ask('ping', { _meta: { progressToken: 1 } })));
  });
});
