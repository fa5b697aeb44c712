import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../../cli/arguments.ts';
import { commands } from '../../cli/commands.ts';
import { helpAll, helpOne } from '../../cli/help.ts';
import { projectRoot } from '../support/root.ts';

describe('--help', () => {
  const pages = (width?: number) => [
    helpAll(commands, width),
    ...commands.map(command => helpOne(command, width)),
  ];
  const widest = (text: string) => Math.max(...text.split('\n').map(line => line.length));

  it("is wrapped at the terminal's width, at 80 where it is not known", () => {
    for (const page of pages()) assert.ok(widest(page) <= 80, page);
    for (const page of pages(60)) assert.ok(widest(page) <= 60, page);
    assert.ok(Math.max(...pages(200).map(widest)) > 80);
  });

  it('says the same at every width', () => {
    const words = (text: string) => text.split(/\s+/).join(' ');
    const [narrow, wide] = [pages(60), pages(500)];
    for (const [i, page] of narrow.entries()) assert.equal(words(page), words(wide[i]!));
  });

  it('is readable on a terminal that is far too narrow', () => {
    for (const page of pages(10)) assert.match(page, /Usage: chain-upgrade/);
  });

  for (const command of commands) {
    it(`shows examples of ${command.name} that its options allow`, () => {
      assert.ok(command.examples.length > 0);
      for (const example of command.examples) {
        const [name, ...args] = example.split(' ');
        assert.equal(name, command.name);
        readArguments(command, args);
        assert.match(helpOne(command, 500), new RegExp(`^  chain-upgrade ${example}$`, 'm'));
      }
    });

    it(`leads from ${command.name} to its documentation`, () => {
      assert.match(helpOne(command), new RegExp(`docs/cli\\.md#${command.name}\\b`));
      const page = readFileSync(join(projectRoot, 'docs/cli.md'), 'utf8');
      assert.match(page, new RegExp(`^## ${command.name}$`, 'm'));
    });
  }
});
