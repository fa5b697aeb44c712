import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeExample } from '../../host/example.ts';
import { cliHere } from '../support/cli.ts';
import { bundledExample } from '../support/example.ts';
import { shownManifest } from '../support/manifest.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, textsBelow } from '../support/temp.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly when?: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const { contributes } = shownManifest() as {
  contributes: {
    commands: { command: string }[];
    views: Record<string, { id: string }[]>;
    viewsWelcome: { contents: string }[];
    walkthroughs: { id: string; steps: Step[] }[];
  };
};
const steps = contributes.walkthroughs[0]!.steps;
const stepOf = (id: string) => steps.find(step => step.id === id)!;
/** The texts that a step shows as code: between two marks on each side, by VS Code's own rule. */
const codeIn = (id: string) =>
  [...stepOf(id).description.matchAll(/``([^`]+)``/g)].map(([, code]) => code!);

/** Whether a step is shown, by what is known of Go. Throws where it depends on something else. */
function holds(when: string | undefined, go: string | undefined): boolean {
  return (when?.split(' && ') ?? []).every(term => {
    const [, operator, value] = /^chainUpgrade\.go (==|!=) '(\w+)'$/.exec(term)!;
    return (operator === '==') === (go === value);
  });
}

/** What a picture may take, in bytes. */
const mostBytes = 40_000;

describe('the steps of the walkthrough', () => {
  it('are five, with Go, without it and with one that is too old', () => {
    const shown = (go: string | undefined) =>
      steps.filter(({ when }) => holds(when, go)).map(({ id }) => id);
    const first = ['open', 'lint', 'upgrade', 'view'];
    assert.deepEqual(shown(undefined), [...first, 'rehearse']);
    assert.deepEqual(shown('missing'), [...first, 'rehearseWithoutGo']);
    assert.deepEqual(shown('old'), [...first, 'rehearseOldGo']);
  });

  it('lead only to commands that there are', () => {
    const known = [
      ...contributes.commands.map(({ command }) => command),
      ...Object.values(contributes.views)
        .flat()
        .map(({ id }) => `${id}.focus`),
    ];
    const links = [
      ...steps.map(({ description }) => description),
      ...contributes.viewsWelcome.map(({ contents }) => contents),
    ].flatMap(text => [...text.matchAll(/\(command:(chainUpgrade[\w.]*)\)/g)].map(([, id]) => id!));
    assert.deepEqual(
      links.filter(link => !known.includes(link)),
      [],
    );
    assert.ok(links.length >= steps.length);
    for (const { id, description } of steps)
      assert.match(description, /^\[[^\]]+\]\((command:|https:)[^)]+\)$/m, `${id} has no button`);
  });

  it('are done by what there is: commands, views, and what the code tells of', () => {
    const views = Object.values(contributes.views).flat();
    const code = [...textsBelow(join(projectRoot, 'extension')).values()].join('\n');
    for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
      const [kind, what = ''] = event.split(/:(.*)/);
      if (kind === 'onCommand')
        assert.ok(contributes.commands.some(({ command }) => command === what));
      else if (kind === 'onView')
        assert.ok(
          views.some(view => view.id === what),
          event,
        );
      else {
        assert.equal(kind, 'onContext');
        assert.ok(code.includes(`'setContext', '${what.split(' ')[0]}'`), event);
      }
    }
    assert.ok(code.includes("'setContext', 'chainUpgrade.go'"));
  });

  it('have pictures that say in words what they show, and follow the theme', () => {
    for (const { media, id } of steps) {
      const file = join(projectRoot, media.svg);
      const svg = readFileSync(file, 'utf8');
      assert.ok(statSync(file).size <= mostBytes, media.svg);
      assert.ok(media.altText.length > 40, id);
      assert.match(svg, /role="img"/);
      assert.equal(
        /<title id="title">([^<]+)</.exec(svg)?.[1],
        media.altText.replace(/&/g, '&amp;'),
      );
      // The page of a walkthrough lets no style, script or other file in.
      assert.doesNotMatch(svg, /<style|style=|<script|href|url\(|<image|class=/);
      const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour!);
      assert.ok(colours.length > 10);
      assert.deepEqual(
        colours.filter(colour => colour !== 'none' && !colour.startsWith('var(--vscode-')),
        [],
      );
    }
  });
});

describe('what the walkthrough says of the example', function () {
  this.timeout(60_000);
  const dir = join(tempDir(), 'example-chain');
  const example = bundledExample();
  const report = async <T>(...args: string[]) => {
    const { stdout, stderr } = await cliHere([...args, '--dir', dir, '--format', 'json']);
    assert.notEqual(stdout, '', stderr);
    return JSON.parse(stdout) as T;
  };
  before(() => makeExample(dir, example));

  it('is bundled from the chain that Go compiles in the tests', () => {
    const chain = textsBelow(join(projectRoot, 'test/go/chain'));
    assert.deepEqual({ ...example.release, ...example.next }, Object.fromEntries(chain));
    assert.deepEqual(
      Object.entries(example.next).filter(([file, text]) => example.release[file] === text),
      [],
    );
  });

  it('is true of the lint: the one finding is the one that is named', async () => {
    const { base, findings } = await report<{
      base: string;
      findings: { rule: string; file: string; message: string }[];
    }>('lint');
    assert.deepEqual(
      [base, findings.map(({ rule, file }) => [rule, file])],
      ['v2.0.0', [['store-not-added', 'app/app.go']]],
    );
    assert.deepEqual(codeIn('lint'), [findings[0]!.rule, findings[0]!.file, 'ledger']);
    assert.match(findings[0]!.message, /^the store "ledger" is mounted .* no new upgrade yet/);
    const svg = readFileSync(join(projectRoot, stepOf('lint').media.svg), 'utf8');
    assert.match(svg, /the store "ledger" is mounted but was not in v2\.0\.0/);
  });

  it('is true of the node, the modules and the Go that it asks for', async () => {
    const { modules, apps, daemon } = await report<{
      modules: { name: string; consensusVersion: number }[];
      apps: { sdk: { generation: string } }[];
      daemon: { name: string };
    }>('inspect');
    assert.deepEqual(
      modules.map(({ name, consensusVersion }) => `${name} ${consensusVersion}`),
      ['box 1', 'counter 2', 'ledger 1'],
    );
    assert.deepEqual(codeIn('open').slice(0, 2), ['ledger', 'counter']);
    assert.match(stepOf('open').description, new RegExp(`SDK ${apps[0]!.sdk.generation}`));
    assert.match(stepOf('open').description, new RegExp(example.tag));
    assert.deepEqual(codeIn('rehearse'), [daemon.name]);
    const [, go] = /^go (\S+)$/m.exec(example.release['go.mod']!)!;
    assert.match(stepOf('rehearseOldGo').description, new RegExp(`asks for Go ${go};`));
  });

  it('is true of New Upgrade, and after it the lint finds nothing', async () => {
    const plan = await report<{
      creates: { file: string; text: string }[];
      edits: { file: string; after: string }[];
    }>('new', 'v3', '--yes');
    const created = plan.creates.map(({ file }) => file);
    assert.deepEqual(created, ['app/upgrades/v3/constants.go', 'app/upgrades/v3/upgrades.go']);
    assert.deepEqual(
      plan.edits.map(({ file }) => file),
      ['app/upgrades.go'],
    );
    assert.match(plan.creates[0]!.text, /Added: \[\]string\{\n\t+ledgertypes\.StoreKey,/);
    assert.deepEqual(codeIn('upgrade'), [
      'v3',
      'ledger',
      'app/upgrades/v3',
      'v2',
      'app/upgrades.go',
    ]);
    assert.deepEqual((await report<{ findings: unknown[] }>('lint')).findings, []);
  });

  it('is true of what the network will do', async () => {
    const { modules } = await report<{
      modules: { name: string; from: number | null; to: number; migrations: unknown[] }[];
    }>('plan');
    const counter = modules.find(({ name }) => name === 'counter')!;
    assert.deepEqual([counter.from, counter.to], [1, 2]);
    assert.match(stepOf('view').description, /``counter`` goes from version 1 to 2/);
  });
});
