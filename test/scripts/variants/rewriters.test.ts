import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffArrays } from 'diff';
import type { Repo } from '../../../core/go/repo/repo.ts';
import { brokenAt } from '../../../core/go/source/broken.ts';
import { Project } from '../../../scripts/variants/project.ts';
import { rewriters } from '../../../scripts/variants/rewriters.ts';
import { apart } from '../../../scripts/variants/spots.ts';
import { rewritten } from '../../../scripts/variants/trial.ts';
import { filesBelow } from '../../support/chains.ts';
import { parser, repoOf } from '../../support/go.ts';
import { projectRoot } from '../../support/root.ts';

const here = join(projectRoot, 'test/scripts/variants');
const golden = join(here, 'sample.patch');

describe('the ways of rewriting Go', () => {
  it('do what they say to a sample, each by itself (UPDATE=1 writes sample.patch anew)', async () => {
    const repo = await sample();
    const file = 'tide.go';
    const project = new Project(repo, parser);
    const said = rewriters.map(({ name, places }) => {
      const after = rewritten(repo, apart([...places(project.file(file), project)], 3));
      return `=== ${name}\n${changesOf(repo, after)}`;
    });
    const text = said.join('');
    if (process.env['UPDATE']) writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, 'utf8'));
  });

  it('have a name each, and apply to the sample', async () => {
    const repo = await sample();
    const project = new Project(repo, parser);
    assert.equal(new Set(rewriters.map(({ name }) => name)).size, rewriters.length);
    for (const { name, places } of rewriters) {
      const all = apart([...places(project.file('tide.go'), project)]);
      assert.ok(all.length > 0, `no place for ${name}`);
      const after = rewritten(repo, all);
      for (const path of after.texts.keys())
        if (path.endsWith('.go'))
          assert.equal(brokenAt(after.facts(path)!), undefined, `${name}: ${path}`);
    }
  });
});

function sample(): Promise<Repo> {
  const folder = join(here, 'sample');
  const texts = filesBelow(folder).map(path => [path, readFileSync(join(folder, path), 'utf8')]);
  return repoOf(Object.fromEntries(texts) as Record<string, string>);
}

/** The lines that went and came, by file. */
function changesOf(before: Repo, after: Repo): string {
  return [...after.texts]
    .filter(([path, text]) => before.texts.get(path) !== text)
    .map(([path, text]) => `--- ${path}\n${linesBetween(before.texts.get(path) ?? '', text)}`)
    .join('');
}

function linesBetween(before: string, after: string): string {
  return diffArrays(before.split('\n'), after.split('\n'))
    .flatMap(({ added, removed, value }) => {
      const sign = added ? '+' : '-';
      return added || removed ? value.map(line => `${sign}${line}\n`) : [];
    })
    .join('');
}
