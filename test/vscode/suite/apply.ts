import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { workspace } from 'vscode';
import type { Plan } from '../../../core/plan/plan.ts';
import { applyPlan } from '../../../extension/upgrade/apply.ts';
import { notEditable } from '../../../extension/upgrade/not-editable.ts';
import { workspaceFiles } from '../../../extension/workspace-files.ts';
import {
  closeAll,
  file,
  folder,
  onDisk,
  putOnDisk,
  saveAll,
  typeOver,
  undoIn,
} from './support/editor.ts';

const bom = '\u00ef\u00bb\u00bf';
const plain = 'package app\n\nvar a = 1\n';
const plainAfter = 'package app\n\nimport "b"\n\nvar a = 1\n\nvar b = 2\n';
const windows = 'package app\r\n\r\n// Zürich 😀\r\nvar c = 3\r\n';
const windowsAfter = 'package app\r\n\r\n// Zürich 😀\r\nvar c = 3\r\nvar d = 4\r\n';
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** A plan that changes both files and creates one. */
const plan: Plan = {
  creates: [{ file: 'up/v2/new.go', text: 'package v2\r\n' }],
  edits: [
    { file: 'plain.go', before: plain, after: plainAfter },
    { file: 'windows.go', before: `\ufeff${windows}`, after: `\ufeff${windowsAfter}` },
  ],
  notes: [],
};
const apply = (p: Plan = plan) => applyPlan(folder(), p, workspaceFiles(folder()));
const bytes = () =>
  Promise.all(['plain.go', 'windows.go', 'up/v2/new.go'].map(path => onDisk(file(path))));
const old = [plain, bom + utf8(windows), undefined];
const planned = [plainAfter, bom + utf8(windowsAfter), 'package v2\r\n'];

describe('applying a plan', () => {
  beforeEach(async () => {
    await putOnDisk(file('plain.go'), plain);
    await putOnDisk(file('windows.go'), bom + utf8(windows));
    assert.deepEqual(await bytes(), old);
  });

  afterEach(async () => {
    await closeAll();
    await rm(file('up').fsPath, { recursive: true, force: true });
  });

  after(async () => {
    for (const path of ['plain.go', 'windows.go']) await rm(file(path).fsPath);
  });

  it('saves exactly the bytes of the plan: line ends and byte order mark too', async () => {
    const { saved, unsaved } = await apply();
    assert.deepEqual(await bytes(), planned);
    assert.deepEqual([saved.length, unsaved.length], [3, 0]);
    assert.deepEqual(
      workspace.textDocuments.filter(d => d.isDirty),
      [],
    );
  });

  for (const from of ['plain.go', 'up/v2/new.go']) {
    it(`one undo in ${from} and Save All give the old bytes back`, async () => {
      await apply();
      await undoIn(file(from));
      await saveAll();
      assert.deepEqual(await bytes(), old);
    });
  }

  it('keeps what was typed and leaves it unsaved', async () => {
    const document = await typeOver(file('plain.go'), 'package', '// typed\npackage');
    const { unsaved } = await apply({
      ...plan,
      edits: [
        { file: 'plain.go', before: `// typed\n${plain}`, after: `// typed\n${plainAfter}` },
        plan.edits[1]!,
      ],
    });
    assert.deepEqual(await bytes(), [plain, ...planned.slice(1)]);
    assert.equal(document.getText(), `// typed\n${plainAfter}`);
    assert.deepEqual([document.isDirty, unsaved.map(String)], [true, [document.uri.toString()]]);
  });

  it('writes nothing when a file changed meanwhile, typed or on disk', async () => {
    const document = await typeOver(file('plain.go'), 'package', '// typed\npackage');
    await assert.rejects(apply(), /plain\.go has changed meanwhile; nothing was written/);
    assert.deepEqual(await bytes(), old);
    assert.equal(document.getText(), `// typed\n${plain}`);

    await closeAll();
    await putOnDisk(file('windows.go'), utf8(windows));
    await assert.rejects(apply(), /windows\.go has changed meanwhile; nothing was written/);
    assert.deepEqual(await bytes(), [plain, utf8(windows), undefined]);
  });

  it('writes nothing when a file to create is there', async () => {
    await mkdir(file('up/v2').fsPath, { recursive: true });
    await writeFile(file('up/v2/new.go').fsPath, 'mine');
    await assert.rejects(apply(), /up\/v2\/new\.go exists meanwhile; nothing was written/);
    assert.deepEqual(await bytes(), [plain, bom + utf8(windows), 'mine']);
  });

  it('takes everything back when the editor fails on the way', async () => {
    // A file stands where a folder must be: the second creation fails after the first one.
    await writeFile(file('up').fsPath, 'a file');
    const failing = {
      ...plan,
      creates: [{ file: 'first.go', text: 'package a\n' }, ...plan.creates],
    };
    await assert.rejects(apply(failing), /taken back/);
    assert.deepEqual(await bytes(), old);
    assert.equal(await onDisk(file('first.go')), undefined);
    assert.deepEqual(
      workspace.textDocuments.filter(d => d.isDirty),
      [],
    );
  });

  it('a file that mixes line ends is refused, for an editor would change all of them', async () => {
    assert.match(
      (await notEditable(folder(), {
        ...plan,
        edits: [{ file: 'plain.go', before: 'a\r\nb\n', after: 'a\r\nb\nc\n' }],
      }))!.reason,
      /mixes LF and CRLF/,
    );
    assert.equal(await notEditable(folder(), plan), undefined);
  });

  // Windows lets only administrators make links.
  if (process.platform !== 'win32')
    it('nothing is written through a symbolic link', async () => {
      for (const [link, target, named] of [
        ['up', tmpdir(), 'up'],
        ['plain.go', '/nowhere/plain.go', 'plain.go'],
      ] as const) {
        await rm(file(link).fsPath, { force: true });
        await symlink(target, file(link).fsPath);
        assert.match(
          (await notEditable(folder(), plan))!.reason,
          new RegExp(`^${named} is a symbolic link`),
        );
        await rm(file(link).fsPath);
      }
    });

  it('cursors and folds stay: only the lines that differ are replaced', async () => {
    const changes: number[] = [];
    const watching = workspace.onDidChangeTextDocument(event => {
      if (event.document.uri.toString() === file('plain.go').toString())
        changes.push(...event.contentChanges.map(c => c.range.start.line));
    });
    await apply();
    watching.dispose();
    assert.deepEqual(changes.filter(line => line >= 0).sort(), [2, 3]);
  });
});
