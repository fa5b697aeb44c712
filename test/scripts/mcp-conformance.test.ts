import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Bridge } from '../../scripts/mcp-conformance/bridge.ts';
import { startBridge } from '../../scripts/mcp-conformance/bridge.ts';
import { scenariosNotRun, staleNames } from '../../scripts/mcp-conformance/not-applicable.ts';
import { sectionOf } from '../../scripts/mcp-conformance/section.ts';
import type { Check } from '../../scripts/mcp-conformance/suite.ts';
import { hasPassed, notRun, verdictOf, wordsOf } from '../../scripts/mcp-conformance/verdict.ts';
import { chainDir, main } from '../support/cli.ts';
import { protocols } from '../support/mcp-client.ts';

const check = (id: string, status: Check['status'], errorMessage = ''): Check => ({
  id,
  status,
  errorMessage,
});

describe('the verdicts of MCP conformance', () => {
  it('count a check once and by its worst result, and nothing that does not apply', () => {
    const noLog = 'sep-2575-server-no-log-without-loglevel';
    const verdict = verdictOf('2026-07-28', 'one', [
      check('a', 'SUCCESS'),
      check('a', 'SUCCESS'),
      check('b', 'SUCCESS'),
      check('b', 'FAILURE', 'why'),
      check('c', 'WARNING', 'better so'),
      check('d', 'SKIPPED'),
      check(noLog, 'SUCCESS'),
    ]);
    assert.equal(hasPassed(verdict), false);
    assert.equal(
      wordsOf(verdict),
      [
        '2026-07-28 one: 1 passed, 1 failed, 1 warned, 2 not applicable',
        '  FAILURE b: why',
        '  WARNING c: better so',
        '  not applicable d: skipped by the suite',
        `  not applicable ${noLog}: calls tools of the suite's own test server`,
      ].join('\n'),
    );
  });

  it('pass no scenario that did not run, or of which nothing was counted', () => {
    assert.equal(hasPassed(verdictOf('p', 'one', [check('a', 'SUCCESS')])), true);
    assert.equal(hasPassed(verdictOf('p', 'one', [check('a', 'SKIPPED')])), false);
    const left = notRun('p', 'two', 'why');
    assert.equal(hasPassed(left), false);
    assert.equal(wordsOf(left), 'p two: not applicable: why');
  });

  it('are summed up by protocol, with what does not apply by its reason', () => {
    const verdicts = [
      verdictOf('p', 'one', [check('a', 'SUCCESS'), check('b', 'WARNING')]),
      verdictOf('p', 'two', [check('a', 'SUCCESS'), check('c', 'SKIPPED')]),
      notRun('p', 'three', 'why'),
    ];
    const section = sectionOf(verdicts, '1.2.3', '2026-01-02');
    assert.match(section, /^Suite 1\.2\.3, 2026-01-02\.$/m);
    assert.match(section, /^\| p \| 2 of 2 \| 2 of 3 \| 1 \| 1 scenario, 1 check \|$/m);
    assert.match(section, /^\* why: 1 scenario, 0 checks$/m);
    assert.match(section, /^\* skipped by the suite: 0 scenarios, 1 check$/m);
  });

  it('tell of names that the suite no longer has', () => {
    const all = scenariosNotRun.flatMap(({ names }) => names);
    const known = new Set(all.slice(1));
    assert.deepEqual(staleNames(scenariosNotRun, known), [all[0]]);
  });
});

describe('the bridge from HTTP to the MCP server', function () {
  this.timeout(60_000);
  let bridge: Bridge;
  before(async () => {
    const args = [main, 'mcp', '--dir', chainDir('list')];
    bridge = await startBridge({ command: process.execPath, args }, '2026-07-28');
  });
  after(() => bridge.close());

  for (const mode of protocols) {
    it(`${mode}: hands on what is asked and answered`, async () => {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      await client.connect(new StreamableHTTPClientTransport(new URL(bridge.url)));
      const { tools } = await client.listTools();
      assert.equal(tools[0]?.name, 'inspect');
      const { isError } = await client.callTool({
        name: 'explain_rule',
        arguments: { rule: 'none' },
      });
      assert.equal(isError, true);
      await assert.rejects(client.readResource({ uri: 'chain-upgrade://nothing' }));
      await client.close();
    });
  }
});
