import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { instructions } from '../../../cli/mcp/instructions.ts';
import { chainCopy, cliHere } from '../../support/cli.ts';
import { History } from '../../support/git.ts';
import type { McpClient, PlayedClient } from '../../support/mcp-client.ts';
import { protocols, startMcpClient } from '../../support/mcp-client.ts';
import { mistakenChain } from '../../support/mistaken-chain.ts';
import { tempDir, treeOf } from '../../support/temp.ts';

describe('chain-upgrade mcp', function () {
  this.timeout(90_000);
  let client: McpClient;
  const start = async (options: PlayedClient) => {
    client = await startMcpClient(options);
    return client;
  };
  afterEach(() => client.close());

  for (const protocol of protocols) {
    it(`${protocol}: lint, plan, apply, lint again, and undo`, async () => {
      const { dir } = mistakenChain({ upgrade: false });
      const before = treeOf(dir);
      await start({ protocol, args: ['--dir', dir] });
      const first = await client.call('lint');
      assert.deepEqual([first['total'], first['base']], [1, 'v1.0.0']);
      const planned = await client.call('plan_upgrade', { name: 'v3', test: true });
      assert.match(String(planned['diff']), /^\+\s+Added:\s+\[\]string\{"ledger"\}/m);
      assert.deepEqual(treeOf(dir), before);
      const applied = await client.call('apply_plan', { planHash: planned['planHash'] });
      assert.deepEqual(applied['creates'], planned['creates']);
      const again = await client.call('lint');
      assert.deepEqual([again['total'], again['error']], [0, undefined]);
      const twice = await client.call('apply_plan', { planHash: planned['planHash'] });
      assert.match(twice.error!, /^no plan with the hash .* was shown: call plan_upgrade/);
      await cliHere(['undo', '--dir', dir, '--yes']);
      assert.deepEqual(treeOf(dir), before);
    });
  }

  it('each reading tool gives what the command of its name gives', async () => {
    const { dir } = mistakenChain();
    await start({ cwd: dir });
    const { apps } = await client.call('inspect');
    assert.equal((apps as unknown[]).length, 1);
    const { findings, total } = await client.call('lint', { rules: ['store-not-added'] });
    assert.deepEqual([(findings as unknown[]).length, total], [1, 1]);
    assert.equal((await client.call('lint', { files: ['go.mod'] }))['total'], 0);
    const page = await client.call('explain_rule', { rule: 'store-not-added' });
    assert.match(String(page['page']), /^# /m);
    assert.match((await client.call('explain_rule', { rule: 'none' })).error!, /no rule "none"/);
    const failure = await client.call('explain_failure', {
      words: "panic: version of store ledger mismatch root store's version; expected 12 got 0",
    });
    assert.deepEqual([failure['rule'], failure['line']], ['store-not-added', 12]);
    await cliHere(['lock', 'tally-1', '--dir', dir, '--yes']);
    const status = await client.call('status');
    assert.equal(status['chainId'], 'tally-1');
    const migration = await client.call('plan_migration', { module: 'counter' });
    assert.ok((migration['edits'] as string[]).includes('x/counter/module.go'));
  });

  it('a plan whose sources changed since is refused, and so is one that cannot be made', async () => {
    const { dir } = mistakenChain();
    await start({ args: ['--dir', dir] });
    const planned = await client.call('plan_upgrade', { name: 'v4' });
    const keys = join(dir, 'app/keys.go');
    writeFileSync(keys, `${readFileSync(keys, 'utf8')}\n// later\n`);
    const moved = treeOf(dir);
    const refused = await client.call('apply_plan', { planHash: planned['planHash'] });
    assert.equal(refused.error, 'the sources changed since the plan was made: plan again');
    assert.match((await client.call('plan_upgrade', { name: 'v3' })).error!, /v3 exists already/);
    assert.deepEqual(treeOf(dir), moved);
  });

  it('fix repairs one finding by its rule and place, and gives the diff', async () => {
    const { dir } = mistakenChain();
    await start({ args: ['--dir', dir] });
    const wrong = { rule: 'store-not-added', file: 'app/app.go' };
    assert.match((await client.call('fix', wrong)).error!, /^nothing was repaired/);
    const fixed = await client.call('fix', { ...wrong, file: 'app/keys.go', line: 12 });
    assert.deepEqual([fixed['fixed'], fixed['left']], [1, []]);
    assert.match(String(fixed['diff']), /^\+.*"ledger"/m);
  });

  it('works only in folders that were named, or that are roots of the client', async () => {
    const { dir } = mistakenChain();
    const other = mistakenChain().dir;
    await start({ args: ['--dir', dir, '--dir', tempDir()] });
    assert.match((await client.call('lint')).error!, /^give dir, one of: /);
    assert.match((await client.call('lint', { dir: other })).error!, / is outside the folders/);
    assert.match(
      (await client.call('lint', { dir: join(dir, '..') })).error!,
      /outside|no go\.mod/,
    );
    assert.equal((await client.call('lint', { dir: join(dir, 'app') }))['total'], 1);
    await client.close();

    await start({ protocol: 'legacy', cwd: other, capabilities: { roots: {} } });
    client.client.setRequestHandler('roots/list', () => ({
      roots: [{ uri: pathToFileURL(dir).href }],
    }));
    assert.equal((await client.call('lint'))['root'], dir);
    assert.match((await client.call('lint', { dir: other })).error!, / is outside the folders/);
  });

  it('a rehearsal wants consent: the flag, or a client that can ask the user', async () => {
    const dir = chainCopy('list');
    const history = new History(dir);
    history.commit('v3.0.0');
    await cliHere(['new', 'v4', '--dir', dir, '--yes']);
    history.commit();
    await start({ args: ['--dir', dir] });
    assert.match((await client.call('rehearse')).error!, /start the server with --allow-rehearse/);
    await client.close();
    for (const protocol of protocols) {
      await start({ protocol, args: ['--dir', dir], capabilities: { elicitation: { form: {} } } });
      let asked = '';
      client.client.setRequestHandler('elicitation/create', ({ params }) => {
        asked = params.message;
        return { action: 'decline' as const };
      });
      assert.match((await client.call('rehearse')).error!, /the user did not agree/);
      assert.match(asked, /^Plan v4, from v3\.0\.0[\s\S]*Build and run this\?$/);
      if (protocol === 'legacy') await client.close();
    }
  });

  it('describes its tools, and has resources and a prompt', async () => {
    const { dir } = mistakenChain();
    await start({ args: ['--dir', dir] });
    const { tools } = await client.client.listTools();
    assert.deepEqual(
      tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]),
      [
        ['inspect', true],
        ['lint', true],
        ['explain_rule', true],
        ['explain_failure', true],
        ['status', true],
        ['plan_upgrade', true],
        ['plan_migration', true],
        ['apply_plan', false],
        ['fix', false],
        ['rehearse', false],
      ],
    );
    for (const { name, inputSchema } of tools) {
      assert.ok(!('anyOf' in inputSchema), name);
      for (const [key, value] of Object.entries(inputSchema.properties ?? {}))
        assert.ok((value as { description?: string }).description, `${name}.${key}`);
    }
    const { resources } = await client.client.listResources();
    assert.ok(resources.some(({ uri }) => uri === 'chain-upgrade://rules/store-not-added'));
    for (const uri of ['chain-upgrade://rules/stale-added', 'chain-upgrade://wiring-styles']) {
      const { contents } = await client.client.readResource({ uri });
      assert.match((contents[0] as { text: string }).text, /^# /m);
    }
    const { messages } = await client.client.getPrompt({
      name: 'prepare_upgrade',
      arguments: { name: 'v9' },
    });
    assert.match((messages[0]!.content as { text: string }).text, /upgrade "v9"/);
    assert.equal(client.client.getInstructions(), instructions);
    assert.equal((await cliHere(['mcp', '--instructions'])).stdout, instructions);
  });
});
