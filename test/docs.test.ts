import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../cli/commands.ts';
import { projectRoot } from './support/root.ts';

const pages = readdirSync(projectRoot, { encoding: 'utf8' })
  .concat(
    readdirSync(join(projectRoot, 'docs'), { recursive: true, encoding: 'utf8' }).map(name =>
      join('docs', name),
    ),
  )
  .filter(name => name.endsWith('.md'));
const read = (page: string) => readFileSync(join(projectRoot, page), 'utf8');

describe('the docs', () => {
  it('have tables whose rows are as long as their heads', () => {
    const cells = (row: string) => row.match(/(?<!\\)\|/g)!.length - 1;
    const wrong: string[] = [];
    let tables = 0;
    for (const page of pages) {
      const lines = read(page)
        .replace(/^```[\s\S]*?^```/gm, block => block.replace(/[^\n]/g, ''))
        .split('\n');
      lines.forEach((line, i) => {
        if (!/^\|[ :|-]+\|$/.test(line)) return;
        tables++;
        for (let n = i + 1; lines[n]?.startsWith('|'); n++)
          if (cells(lines[n]!) !== cells(line)) wrong.push(`${page}:${n + 1}`);
      });
    }
    assert.deepEqual([wrong, tables > 20], [[], true]);
  });

  it('name every command', () => {
    const usage = /^```\n(chain-upgrade inspect[\s\S]*?)^```/m.exec(read('docs/cli.md'))![1]!;
    assert.deepEqual(
      usage
        .trim()
        .split('\n')
        .map(line => line.split(' ')[1])
        .sort(),
      commands.map(command => command.name).sort(),
    );
    assert.deepEqual(
      commands
        .filter(({ name }) => !new RegExp(`^chain-upgrade ${name}\\b`, 'm').test(read('README.md')))
        .map(({ name }) => name),
      [],
    );
  });
});
