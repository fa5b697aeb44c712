import assert from 'node:assert/strict';
import { ensureCitationsExist } from '../scripts/contract/citations.ts';
import { ensureCommands } from '../scripts/contract/commands.ts';
import { ensureDocLists, ensureStylesAreExplained } from '../scripts/contract/docs.ts';
import { ensureFilesAreSmall, ensureNoStrayIndex } from '../scripts/contract/files.ts';
import {
  ensureCoreIsPure,
  ensureDirections,
  ensureFrontEndsStayApart,
  ensureHostIsLazy,
  ensureNoCircles,
} from '../scripts/contract/imports.ts';
import { ensureLinksExist } from '../scripts/contract/links.ts';
import { ensureSettings } from '../scripts/contract/settings.ts';
import { contract } from '../scripts/contract.ts';
import type { Texts } from './support/code-base.ts';
import { codeBaseWith, found, manifest, match, run } from './support/code-base.ts';
import { projectRoot } from './support/root.ts';

describe('the contract of this code base', function () {
  this.timeout(60_000);
  it('holds', async () => assert.deepEqual(await contract(projectRoot, false), []));
});

describe('contract', function () {
  // A project of its own is compiled here and there.
  this.timeout(30_000);
  it('names every command on both sides', async () => {
    const texts = (ids: string[], offered: object[]) => ({
      'extension/commands.ts': `export const commandTable = {\n${ids.map(id => `  '${id}': run,\n`).join('')}};`,
      'package.json': manifest({ commands: offered }),
    });
    const command = { command: 'chainUpgrade.a', category: 'Chain Upgrade', title: 'A' };
    assert.deepEqual(await found(ensureCommands, texts(['chainUpgrade.a'], [command])), []);
    assert.deepEqual(
      await found(ensureCommands, texts(['chainUpgrade.a', 'chainUpgrade.b'], [command])),
      ['extension/commands.ts:3: chainUpgrade.b is not in contributes.commands of package.json'],
    );
    match(
      await found(ensureCommands, texts([], [command])),
      /^package\.json:\d+: chainUpgrade\.a is not in commandTable/,
    );
    match(
      await found(
        ensureCommands,
        texts(['chainUpgrade.a'], [{ ...command, title: 'Chain Upgrade: A' }]),
      ),
      /does not repeat it$/,
    );
    match(
      await found(ensureCommands, { 'extension/commands.ts': 'export {};' }),
      /has no object commandTable/,
    );
  });

  it('wants an alias to lead to a command, to start the extension, and not to be offered', async () => {
    const command = { command: 'chainUpgrade.a', category: 'Chain Upgrade', title: 'A' };
    const cases: [alias: string, leadsTo: string, event: string, offered: object[], RegExp][] = [
      ['old', 'b', 'old', [command], /old leads to chainUpgrade\.b, which is not in commandTable/],
      ['old', 'a', 'a', [command], /onCommand:chainUpgrade\.old is not in activationEvents/],
      ['a', 'a', 'a', [command], /chainUpgrade\.a is a command and an alias/],
      ['old', 'a', 'old', [command, { ...command, command: 'chainUpgrade.old' }], /old is not in/],
    ];
    const texts = (alias: string, leadsTo: string, event: string, offered: object[]) => ({
      'extension/commands.ts': "export const commandTable = { 'chainUpgrade.a': run };",
      'extension/command-ids.ts': `export const commandAliases = { 'chainUpgrade.${alias}': 'chainUpgrade.${leadsTo}' };`,
      'package.json': manifest({ commands: offered }, [`onCommand:chainUpgrade.${event}`]),
    });
    assert.deepEqual(await found(ensureCommands, texts('old', 'a', 'old', [command])), []);
    for (const [alias, leadsTo, event, offered, finding] of cases)
      match(await found(ensureCommands, texts(alias, leadsTo, event, offered)), finding);
  });

  it('refuses menus for commands that do not exist', async () => {
    const texts = {
      'extension/commands.ts': 'export const commandTable = {};',
      'package.json': manifest({ menus: { x: [{ command: 'chainUpgrade.gone' }] } }),
    };
    match(
      await found(ensureCommands, texts),
      /^package\.json:\d+: chainUpgrade\.gone is offered and does not exist/,
    );
  });

  it('derives the settings from the interface and its comments', async () => {
    const settings = `
      export interface Settings {
        /**
         * Two lines
         * of one paragraph.
         *
         * @default "off"
         * @scope window
         */
        readonly lint: 'off' | 'on';
        /**
         * Globs.
         * @default []
         */
        readonly exclude: readonly string[];
        /**
         * A table.
         * @default {}
         */
        readonly rules: Readonly<Record<string, 'error' | 'info'>>;
      }`;
    const codeBase = codeBaseWith({
      'extension/settings.ts': settings,
      'package.json': manifest({}),
    });
    match(
      await run(ensureSettings, codeBase(false)),
      /^package\.json:\d+: differs from what is derived/,
    );
    assert.deepEqual(await run(ensureSettings, codeBase(true)), []);
    assert.deepEqual(await run(ensureSettings, codeBase(false)), []);
    assert.deepEqual(
      JSON.parse(codeBase(false).read('package.json') ?? '').contributes.configuration,
      {
        title: 'Chain Upgrade',
        properties: {
          'chainUpgrade.lint': {
            order: 0,
            type: 'string',
            enum: ['off', 'on'],
            markdownDescription: '%setting.lint.markdownDescription%',
            scope: 'window',
            default: 'off',
          },
          'chainUpgrade.exclude': {
            order: 1,
            type: 'array',
            items: { type: 'string' },
            markdownDescription: '%setting.exclude.markdownDescription%',
            scope: 'resource',
            default: [],
          },
          'chainUpgrade.rules': {
            order: 2,
            type: 'object',
            additionalProperties: { type: 'string', enum: ['error', 'info'] },
            markdownDescription: '%setting.rules.markdownDescription%',
            scope: 'resource',
            default: {},
          },
        },
      },
    );
    assert.deepEqual(JSON.parse(codeBase(false).read('package.nls.json') ?? ''), {
      'setting.lint.markdownDescription': 'Two lines of one paragraph.',
      'setting.exclude.markdownDescription': 'Globs.',
      'setting.rules.markdownDescription': 'A table.',
    });
  });

  it('wants a comment, a default and a type that VS Code knows for each setting', async () => {
    const faults = async (property: string) =>
      run(
        ensureSettings,
        codeBaseWith({
          'extension/settings.ts': `export interface Settings {\n${property}\n}`,
          'package.json': manifest({}),
        })(true),
      );
    match(await faults('a: string;'), /^extension\/settings\.ts:2: a has no comment/);
    match(await faults('/** A. */ a: string;'), /a has no @default/);
    match(await faults('/** A.\n@default 1 */ a: Date;'), /a: a setting may be text/);
  });

  it('lets imports run downwards only', async () => {
    const bottom = {
      'core/go/syntax/a.ts': 'export {};',
      'core/plan/p.ts': 'export {};',
      'core/lint/rules/r.ts': 'export {};',
      'host/h.ts': 'export {};',
      'cli/c.ts': 'export {};',
    };
    const faults = (file: string, to: string, more: Texts = {}) =>
      found(ensureDirections, { ...bottom, ...more, [file]: `import '${to}';` });
    assert.deepEqual(await faults('core/plan/p.ts', '../go/syntax/a.ts'), []);
    assert.deepEqual(await faults('core/go/syntax/a.ts', '../../plan/p.ts'), [
      'core/go/syntax/a.ts:1: core/go/syntax may not import from core/plan',
    ]);
    assert.deepEqual(await faults('core/lint/rules/r.ts', '../../plan/p.ts'), [
      'core/lint/rules/r.ts:1: core/lint may not import from core/plan',
    ]);
    assert.deepEqual(await faults('core/go/syntax/a.ts', '../../../host/h.ts'), [
      'core/go/syntax/a.ts:1: core may not import from host',
    ]);
    assert.deepEqual(await faults('host/h.ts', '../cli/c.ts'), [
      'host/h.ts:1: host may not import from cli',
    ]);
    assert.deepEqual(await faults('generators/g.ts', '../cli/c.ts'), [
      'generators/g.ts:1: generators may not import from cli',
    ]);
    assert.deepEqual(
      await faults('core/go/syntax/a.ts', '../../top.ts', {
        'core/top.ts': "export * from './plan/p.ts';",
      }),
      [
        'core/go/syntax/a.ts:1: core/go/syntax may not import core/top.ts: it leads up to core/plan',
      ],
    );
  });

  it('lets plans meet rules in the judge only', async () => {
    const texts = {
      'core/judge/j.ts': "import '../lint/l.ts'; import '../plan/p.ts';",
      'core/lint/l.ts': 'export {};',
      'core/plan/p.ts': 'export {};',
    };
    assert.deepEqual(await found(ensureDirections, texts), []);
    match(
      await found(ensureDirections, { ...texts, 'core/plan/p.ts': "import '../lint/l.ts';" }),
      /core\/plan may not import from core\/lint/,
    );
  });

  it('sees types and import() as imports', async () => {
    const texts = {
      'core/plan/p.ts': 'export type P = 1;',
      'core/go/syntax/a.ts': "import type { P } from '../../plan/p.ts';",
      'core/go/syntax/b.ts': "export const p = import('../../plan/p.ts');",
    };
    assert.equal((await found(ensureDirections, texts)).length, 2);
  });

  it('finds circles', async () => {
    const texts = {
      'core/a.ts': "import './b.ts';",
      'core/b.ts': "import './c.ts';",
      'core/c.ts': "import type {} from './a.ts';",
    };
    assert.deepEqual(await found(ensureNoCircles, texts), [
      'core/c.ts:1: closes a circle: core/a.ts → core/b.ts → core/c.ts → core/a.ts',
    ]);
    assert.deepEqual(await found(ensureNoCircles, { ...texts, 'core/c.ts': 'export {};' }), []);
  });

  it('keeps core pure', async () => {
    const faults = (text: string) => found(ensureCoreIsPure, { 'core/a.ts': text });
    assert.deepEqual(
      await faults("import 'web-tree-sitter'; export const a = { process: 1 }.process;"),
      [],
    );
    match(await faults("import 'node:fs';"), /core may not import node:fs/);
    match(await faults("import type {} from 'vscode';"), /core may not import vscode/);
    match(await faults('export const home = process.env.HOME;'), /core may not use process/);
  });

  it('keeps the front ends apart', async () => {
    const faults = (file: string, text: string) =>
      found(ensureFrontEndsStayApart, { [file]: text });
    assert.deepEqual(await faults('extension/a.ts', "import 'vscode';"), []);
    assert.deepEqual(await faults('cli/a.ts', 'process.exitCode = 1;'), []);
    match(await faults('host/a.ts', "import 'vscode';"), /only extension may import vscode/);
    match(
      await faults('cli/a.ts', "import 'yeoman-generator';"),
      /only generators may import yeoman-generator/,
    );
    assert.deepEqual(await faults('cli/a.ts', "import { readFileSync } from 'node:fs';"), []);
    match(
      await faults('cli/a.ts', "import { readFileSync, writeFileSync } from 'node:fs';"),
      /cli may not import writeFileSync: it writes and runs through host/,
    );
    match(
      await faults('generators/a.ts', "import * as fs from 'node:fs/promises';"),
      /generators may not import node:fs\/promises/,
    );
    match(
      await faults('cli/a.ts', "import { spawn } from 'node:child_process';"),
      /cli may not import spawn/,
    );
    match(
      await faults('extension/a.ts', "import 'node:path';"),
      /extension may not import node:path/,
    );
    match(await faults('host/a.ts', 'process.exit(1);'), /only cli may touch process\.exit/);
  });

  it('lets the extension load host lazily', async () => {
    const faults = (text: string) =>
      found(ensureHostIsLazy, { 'host/h.ts': 'export type H = 1;', 'extension/a.ts': text });
    assert.deepEqual(
      await faults(
        "import type { H } from '../host/h.ts'; export const h = () => import('../host/h.ts');",
      ),
      [],
    );
    match(await faults("import '../host/h.ts';"), /extension loads host by import\(\)/);
  });

  it('keeps the lists in the docs', async () => {
    const page = { 'docs/cli.md': '# Commands\n<!-- options of undo -->\n' };
    const faults = await found(ensureDocLists, page);
    match(faults, /^docs\/cli\.md:1: has no <!-- options of new -->/);
    match(faults.slice(-1), /^docs\/cli\.md:2: has a list .* fills: <!-- options of undo -->$/);
    const commands = ['migration', 'mount', 'era', 'manifest', 'operators', 'proposal'];
    const others = [...commands.map(of => `options of ${of}`), 'rules', 'checks of verify']
      .map(marker => `<!-- ${marker} -->\n<!-- /${marker} -->\n`)
      .join('');
    const codeBase = codeBaseWith({
      'core/wiring/list.ts': "export const codes = ['R10', 'R2', 'R2'];",
      'docs/cli.md': `a\n<!-- options of new -->\nold\n<!-- /options of new -->\nb\n${others}`,
      'docs/wiring-styles.md': '<!-- wiring files -->\n<!-- /wiring files -->\n',
    });
    match(
      await run(ensureDocLists, codeBase(false)),
      /^docs\/cli\.md:3: differs from what is derived/,
    );
    assert.deepEqual(await run(ensureDocLists, codeBase(true)), []);
    assert.deepEqual(await run(ensureDocLists, codeBase(false)), []);
    assert.ok(codeBase(false).read('docs/cli.md')?.includes('`--added '));
    assert.ok(
      codeBase(false)
        .read('docs/cli.md')
        ?.includes('| [`store-not-added`](rules/store-not-added.md) | error |'),
    );
    assert.ok(
      codeBase(false)
        .read('docs/wiring-styles.md')
        ?.includes('| [`core/wiring/list.ts`](../core/wiring/list.ts) | R2, R10 |\n'),
    );
  });

  it('wants every wiring style explained', async () => {
    const texts = (codes: string, page: string) => ({
      'core/wiring/list.ts': `export const codes = [${codes}];`,
      'docs/wiring-styles.md': page,
    });
    assert.deepEqual(await found(ensureStylesAreExplained, texts("'R1'", '| R1 | a list |\n')), []);
    match(
      await found(ensureStylesAreExplained, texts("'R1', 'S2'", '| R1 | a list |\n')),
      /does not explain S2$/,
    );
    match(
      await found(ensureStylesAreExplained, texts("'R1'", '| R1 | a list |\n| R2 | b |\n')),
      /wiring-styles\.md:2: explains R2, which/,
    );
  });

  it('wants files that comments cite, with their anchors', async () => {
    const page = { 'docs/background/sdk.md': '## C.4 Versions\n\n<a id="d2"></a>\n' };
    const cited = (comment: string) =>
      found(ensureCitationsExist, { ...page, 'core/a.ts': `${comment}\nexport {};` });
    assert.deepEqual(
      await cited('// docs/background/sdk.md#d2, docs/background/sdk.md#c4-versions'),
      [],
    );
    assert.deepEqual(await cited("const a = 'no.md'; // core/a.ts, a.ts, v1.2.md/x"), []);
    assert.deepEqual(await cited('// Why: sdk.md C.4'), [
      'core/a.ts:1: a comment cites sdk.md, which is not in the repository',
    ]);
    assert.deepEqual(await cited('\n/** See docs/background/sdk.md#d3. */'), [
      'core/a.ts:2: a comment cites docs/background/sdk.md#d3, and the page has no such anchor',
    ]);
    match(await cited('// core/no.ts'), /cites core\/no\.ts/);
    match(await cited('// DESIGN 7'), /cites DESIGN/);
  });

  it('knows every file and heading that a page names', async () => {
    const linked = (text: string) =>
      found(ensureLinksExist, {
        'docs/rules/a.md': '# a\n\n## How it was checked\n',
        'core/go/a.ts': '',
        'docs/cli.md': `# The command line\n${text}\n`,
      });
    assert.deepEqual(
      await linked('[a](rules/a.md#how-it-was-checked) [b](#the-command-line) [c](../core/go)'),
      [],
    );
    assert.deepEqual(await linked('`core/go/`, `core/go/a.ts`, `core/go/NAME.ts`'), []);
    assert.deepEqual(await linked('[d](https://a.b/c.md) `Get[core.md](no.md)`'), []);
    assert.deepEqual(await linked('```\n[e](no.md)\n```'), []);
    assert.deepEqual(await linked('[f](rules/b.md)'), [
      'docs/cli.md:2: names docs/rules/b.md, which is not in the repository',
    ]);
    assert.deepEqual(await linked('\n[g](rules/a.md#problem)'), [
      'docs/cli.md:3: names docs/rules/a.md#problem, and the page has no such anchor',
    ]);
    match(await linked('`core/go/b.ts`'), /names core\/go\/b\.ts/);
    match(await linked('[h](#no)'), /docs\/cli\.md#no, and the page has no such anchor/);
  });

  it('keeps files small and Yeoman away from other folders', async () => {
    assert.deepEqual(await found(ensureFilesAreSmall, { 'core/a.ts': '\n'.repeat(400) }), []);
    match(
      await found(ensureFilesAreSmall, { 'core/a.ts': '\n'.repeat(401) }),
      /^core\/a\.ts:401: has 401 lines/,
    );
    assert.deepEqual(await found(ensureNoStrayIndex, { 'generators/app/index.ts': '' }), []);
    match(
      await found(ensureNoStrayIndex, { 'extension/index.ts': '' }),
      /^extension\/index\.ts:1: Yeoman/,
    );
  });
});
