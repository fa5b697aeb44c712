import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogOutputChannel, Terminal, TerminalLink, TerminalLinkProvider, Uri } from 'vscode';
import type { RehearsalTerminal } from '../../extension/rehearse/rehearsal-terminal.ts';
import type { Tools } from '../../extension/services.ts';
import { openSession } from '../../host/commands/session.ts';
import { runningProcesses } from '../../rehearse/process-table.ts';
import type { Rehearsed } from '../../rehearse/rehearsal-input.ts';
import { readSubject } from '../../rehearse/rehearsal-input.ts';
import { EventEmitter } from '../support/editor-events.ts';
import { editor, standInForEditor } from '../support/editor-stub.ts';
import { FakeUri } from '../support/fake-editor.ts';
import type { FakeNode } from '../support/fake-go.ts';
import { fakeGo } from '../support/fake-go.ts';
import { chainToRehearse } from '../support/rehearsed.ts';
import { fullRehearsal } from '../support/reported.ts';

describe('a rehearsal in the editor', function () {
  this.timeout(60_000);
  const environment = { ...process.env };
  let chain: string;
  let cache: string;
  before(() => {
    chain = chainToRehearse();
  });
  beforeEach(() => {
    standInForEditor();
    Object.assign(editor, { EventEmitter });
  });
  afterEach(() => {
    process.env = { ...environment };
  });

  /** What is rehearsed, and a Go that builds such nodes for it. */
  async function prepare(node: FakeNode): Promise<{ subject: Rehearsed }> {
    const { env } = fakeGo(node);
    Object.assign(process.env, env);
    cache = env.CHAIN_UPGRADE_CACHE;
    return { subject: await readSubject(await openSession(chain, () => {}), {}, () => {}) };
  }

  /** A terminal that rehearses with nodes without a chain, and what it shows. */
  async function openTerminal(
    node: FakeNode,
  ): Promise<{ pty: RehearsalTerminal; screen: () => string; isClosed: () => boolean }> {
    const { subject } = await prepare(node);
    const { RehearsalTerminal } = await import('../../extension/rehearse/rehearsal-terminal.ts');
    const pty = new RehearsalTerminal(subject);
    let screen = '';
    let isClosed = false;
    pty.onDidWrite(text => {
      screen += text;
    });
    pty.onDidClose!(() => {
      isClosed = true;
    });
    return { pty, screen: () => screen, isClosed: () => isClosed };
  }

  const nothingIsLeft = () => {
    assert.deepEqual(readdirSync(join(cache, 'rehearse/places/0')), []);
    assert.deepEqual(
      runningProcesses().filter(
        ({ told, pid }) => pid !== process.pid && told.includes(`${cache}/rehearse/places`),
      ),
      [],
    );
  };

  it('shows what is run and each step with its time, and closes by a key', async () => {
    const { pty, screen, isClosed } = await openTerminal({ gone: ['tally'] });
    pty.open();
    assert.equal((await pty.end).how, 'passed');
    const lines = screen()
      .split('\r\n')
      .map(line => line.slice(line.lastIndexOf('\x1b[2K') + 4));
    assert.equal(lines[0], 'Plan v3, from v2.0.0 to the working tree.');
    assert.deepEqual(
      lines.flatMap(line => /^ +[\d.]+ s {2}(\w+( old| new)?)\b/.exec(line)?.[1] ?? []),
      [
        'read',
        'build old',
        'build new',
        'home',
        'start',
        'propose',
        'halt',
        'upgrade',
        'restart',
        'compare',
        'repeat',
        'blocks',
        'rescue',
      ],
    );
    assert.ok(
      lines.some(line =>
        /^Plan v3 from v2\.0\.0 PASSED: applied at height \d+, restarted\.$/.test(line),
      ),
      lines.join('\n'),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a line begins with an escape
    assert.match(screen(), /\r\x1b\[2K {9}halt … 0 s/);
    nothingIsLeft();
    assert.equal(isClosed(), false);
    pty.handleInput(' ');
    assert.equal(isClosed(), true);
  });

  it('tells a failure with its place and the repair, and leads there from the terminal and from a message', async () => {
    const { subject } = await prepare({
      panic:
        "version of store berths mismatch root store's version; expected 32 got 0; new stores should be added using StoreUpgrades",
    });
    const { Rehearsals } = await import('../../extension/rehearse/rehearsals.ts');
    let links!: TerminalLinkProvider;
    const messages: { text: string; buttons: readonly string[] }[] = [];
    let press!: (button: string) => void;
    let screen = '';
    const shown: unknown[] = [];
    const terminal = { show: () => {} } as Terminal;
    class Range {
      readonly line: number;
      constructor(line: number) {
        this.line = line;
      }
    }
    const marks: { uri: string; line: number; message: string; code: unknown }[] = [];
    class Diagnostic {
      readonly range: Range;
      readonly message: string;
      code: unknown;
      constructor(range: Range, text: string) {
        this.range = range;
        this.message = text;
      }
    }
    const set = (uri: string, all: readonly Diagnostic[]) => {
      for (const { range, message, code } of all)
        marks.push({ uri, line: range.line, message, code });
    };
    Object.assign(editor, {
      Range,
      Diagnostic,
      DiagnosticSeverity: { Error: 0 },
      languages: { createDiagnosticCollection: () => ({ set, clear: () => {} }) },
      workspace: { onDidSaveTextDocument: () => {} },
      Uri: { joinPath: (root: Uri, path: string) => `${root.fsPath}/${path}` },
      window: {
        registerTerminalLinkProvider: (given: TerminalLinkProvider) => {
          links = given;
        },
        onDidCloseTerminal: () => {},
        createTerminal: ({ pty }: { pty: RehearsalTerminal }) => {
          pty.onDidWrite(text => {
            screen += text;
          });
          pty.open();
          return terminal;
        },
        showErrorMessage: (text: string, ...buttons: string[]) => {
          messages.push({ text, buttons });
          return new Promise(done => {
            press = done;
          });
        },
        showTextDocument: (uri: string, { selection }: { selection: Range }) => {
          shown.push([uri, selection.line]);
        },
      },
    });
    const rehearsals = new Rehearsals({} as LogOutputChannel);
    const began = Date.now();
    rehearsals.start(new FakeUri('/chain') as unknown as Uri, subject);
    while (messages.length === 0 && Date.now() < began + 50_000) await sleep(50);
    const said = messages.at(-1)!;
    const place = /\r\n +at: +(app\/\S+\.go):(\d+)\r\n/.exec(screen)!;
    const at = [`/chain/${place[1]}`, Number(place[2]) - 1];
    assert.match(
      screen,
      /Plan v3 FAILED at upgrade: version of store berths mismatch .*\r\n +rule: store-not-added\r\n +at: +app\/\S+\.go:\d+\r\n +fix: /,
    );
    assert.match(
      said.text,
      /^Chain Upgrade: the plan v3 failed its rehearsal at upgrade: version of store berths mismatch .*\. To fix it: /,
    );
    assert.deepEqual(said.buttons, [
      `Open ${place[1]}:${place[2]}`,
      'Show Report',
      'Show Terminal',
    ]);
    const [mark, ...others] = marks;
    assert.deepEqual([[mark?.uri, mark?.line], others], [at, []]);
    assert.equal(mark?.code, 'store-not-added');
    assert.match(
      mark.message,
      /^the plan v3 failed its rehearsal at upgrade: version of store berths .*\nto fix it: /,
    );
    press(said.buttons[0]!);
    const context = (line: string, of = terminal) =>
      links.provideTerminalLinks({ line, terminal: of } as never, {} as never) as TerminalLink[];
    const [link] = context(`  at:   ${place[1]}:${place[2]}`);
    assert.deepEqual([link!.startIndex, link!.length], [8, `${place[1]}:${place[2]}`.length]);
    await links.handleTerminalLink(link!);
    await sleep(10);
    assert.deepEqual(shown, [at, at]);
    assert.deepEqual(
      [context('  at:   go.mod:1'), context(`${place[1]}:${place[2]}`, {} as Terminal)],
      [[], []],
    );
    nothingIsLeft();
  });

  it('shows the report in a tab that runs and loads nothing', async () => {
    const panel = { webview: { html: '' } };
    const asked: unknown[] = [];
    Object.assign(editor, {
      ViewColumn: { Active: -1 },
      window: {
        createWebviewPanel: (...given: unknown[]) => {
          asked.push(...given.slice(1));
          return panel;
        },
      },
    });
    const { showReport } = await import('../../extension/rehearse/report-tab.ts');
    showReport(fullRehearsal);
    assert.deepEqual(asked, [
      'Rehearsal of v3',
      -1,
      { enableScripts: false, localResourceRoots: [] },
    ]);
    assert.match(panel.webview.html, /^<!doctype html>[\s\S]*<h1>Rehearsal of v3 /);
  });

  it('says why nothing could be rehearsed, and where options are taken', async () => {
    const { pty, screen } = await openTerminal({ error: 'app/app.go:7:2: undefined: nothing' });
    pty.open();
    assert.equal((await pty.end).how, 'impossible');
    assert.match(
      screen(),
      /This could not be rehearsed: the old version \(2\.0\.0\) does not build: app\/app\.go:7:2: undefined: nothing; pass --build COMMAND .* \(an option of chain-upgrade rehearse on the command line\)\r\n/,
    );
    nothingIsLeft();
  });

  for (const [how, end] of [
    ['Ctrl-C', (pty: RehearsalTerminal) => pty.handleInput('\x03')],
    ['closing it', (pty: RehearsalTerminal) => pty.close()],
  ] as const) {
    it(`ends everything by ${how}`, async () => {
      const { pty, screen } = await openTerminal({ build: 60 });
      pty.open();
      while (!screen().includes('build old … 1 s')) await sleep(50);
      assert.ok(
        runningProcesses().some(({ told }) =>
          told.includes(`${cache}/rehearse/places/0/run/old-bin`),
        ),
      );
      end(pty);
      assert.deepEqual(await pty.end, { how: 'stopped' });
      assert.match(screen(), /build old \([\d.]+ s\): stopped\r\n/);
      nothingIsLeft();
    });
  }
});

describe('the command that rehearses', () => {
  const said: string[] = [];
  const message = (text: string) => {
    said.push(text);
    return Promise.resolve();
  };
  beforeEach(() => {
    standInForEditor();
    said.length = 0;
  });

  it('is refused in a workspace that is not trusted, which is not even read', async () => {
    Object.assign(editor, {
      workspace: { isTrusted: false },
      window: { showWarningMessage: message },
    });
    const { rehearseUpgrade } = await import('../../extension/rehearse/rehearse-command.ts');
    await rehearseUpgrade({} as Tools);
    assert.deepEqual(said, [
      'Chain Upgrade: a rehearsal builds and runs what is in this workspace, and the workspace is not trusted.',
    ]);
  });

  for (const [answer, saved] of [
    [true, ['app/app.go']],
    [false, []],
  ] as const) {
    it(`asks to save what is not saved in the chain; the answer: ${answer ? 'Save' : 'Cancel'}`, async () => {
      const done: string[] = [];
      const document = (path: string, isDirty: boolean) => ({
        isDirty,
        uri: new FakeUri(path),
        save: () => Promise.resolve(done.push(path.slice('/chain/'.length)) > 0),
      });
      Object.assign(editor, {
        workspace: {
          textDocuments: [
            document('/chain/app/app.go', true),
            document('/chain/go.mod', false),
            document('/other/x.go', true),
          ],
        },
      });
      const { saveUnsaved } = await import('../../extension/rehearse/unsaved.ts');
      const asked: (readonly string[])[] = [];
      assert.equal(
        await saveUnsaved(new FakeUri('/chain') as never, 'Rehearse', ({ lines }) =>
          Promise.resolve(asked.push(lines) > 0 && answer),
        ),
        answer,
      );
      assert.deepEqual([asked, done], [[['app/app.go']], saved]);
    });
  }
});
