import assert from 'node:assert/strict';
import type { DocumentLink } from 'vscode';
import { commands, window } from 'vscode';
import { closeAll, file, typeOver } from './support/editor.ts';
import { shot } from './support/host.ts';
import { until } from './support/until.ts';

describe('Inspect Chain', () => {
  afterEach(closeAll);
  const show = async () => {
    await commands.executeCommand('chainUpgrade.inspect');
    return window.activeTextEditor!.document;
  };

  it('opens a page of Markdown about the chain', async () => {
    const document = await show();
    const text = document.getText();
    assert.equal(document.languageId, 'markdown');
    assert.match(text, /^# What was understood of list\n/);
    assert.match(text, /^## App `app` \(`\w+`\)$/m);
    assert.match(
      text,
      /^- `v3`, package `app\/upgrades\/v3`, registered at \[app\/app\.go:\d+\], deletes `tally`, stores loaded at \[app\/app\.go:\d+\]$/m,
    );
    assert.match(
      text,
      /^- `berth`, folder `x\/berth`, consensus version 2 at \[x\/berth\/module\.go:\d+\], migrates from 1 at \[x\/berth\/module\.go:\d+\]$/m,
    );
    assert.match(text, /^## Not understood$/m);
    await shot('inspect');
  });

  it('cannot be typed into', async () => {
    await show();
    await commands.executeCommand('type', { text: 'x' });
    assert.match(window.activeTextEditor!.document.getText(), /^# What/);
  });

  it('its places are links to the line', async () => {
    const document = await show();
    const links = await commands.executeCommand<DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      1000,
    );
    const place = /\[(app\/app\.go:(\d+))\]/.exec(document.getText())!;
    const link = links.find(l => document.getText(l.range).includes(place[1]!));
    assert.equal(link?.target?.with({ fragment: '' }).toString(), file('app/app.go').toString());
    await commands.executeCommand('vscode.open', link!.target);
    assert.equal(window.activeTextEditor?.document.uri.toString(), file('app/app.go').toString());
    assert.equal(window.activeTextEditor.selection.active.line, Number(place[2]) - 1);
  });

  it('shows what is typed and not saved, when it is asked again', async () => {
    await show();
    await typeOver(file('app/upgrades/v3/constants.go'), '"v3"', '"v3-typed"');
    const document = await show();
    await until('the new name', () => document.getText().includes('`v3-typed`'));
  });
});
