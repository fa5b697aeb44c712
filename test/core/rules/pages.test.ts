import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenAt } from '../../../core/go/broken.ts';
import { readChain } from '../../../core/chain/read.ts';
import type { Repo } from '../../../core/go/repo.ts';
import { lint } from '../../../core/lint.ts';
import type { Problem } from '../../../core/problem.ts';
import { rules } from '../../../core/rules/all.ts';
import { filesBelow } from '../../support/chains.ts';
import { repoOf as repoWith } from '../../support/go.ts';
import { projectRoot } from '../../support/root.ts';

/** The samples of a page: what the last release had besides, the mistake, and what mends it. */
interface Page { readonly headings: readonly string[]; readonly first: string; readonly last: Map<string, string>; readonly bad: Map<string, string>; readonly good: Map<string, string> }

describe('the pages of the rules', () => {
  const folder = join(projectRoot, 'docs/rules');
  const chain = filesIn(join(projectRoot, 'test/rules/chain')), next = filesIn(join(projectRoot, 'test/rules/next'));

  it('there is one for each rule, and no other', () => {
    deepStrictEqual(readdirSync(folder).sort(), rules.map(rule => `${rule.name}.md`).sort());
  });

  it('the chain of the samples is clean', async () => {
    const repo = await repoOf(chain), after = await repoOf(chain, next);
    deepStrictEqual(linted(repo, repo), []);
    deepStrictEqual(linted(after, repo), []);
  });

  for (const rule of rules) {
    describe(rule.name, () => {
      const page = readPage(readFileSync(join(folder, `${rule.name}.md`), 'utf8'));

      it('says what it is, what to do and when to ignore it', () => {
        deepStrictEqual(page.headings, [`# ${rule.name}`, '## Problem', '## Solution', '## When to ignore', '## How it was checked']);
        strictEqual(page.first, `${rule.severity}: ${rule.summary}.`);
        ok(page.bad.size > 0 && page.good.size > 0, 'both samples are there');
      });

      it('is reported for the mistake and silent once it is mended', async () => {
        const base = await repoOf(chain, page.last), bad = await repoOf(chain, page.last, next, page.bad), good = await repoOf(chain, page.last, next, page.bad, page.good);
        for (const repo of [base, bad, good]) for (const file of repo.texts.keys()) if (file.endsWith('.go')) strictEqual(brokenAt(repo.facts(file)!), undefined, `${file} parses`);
        const found = linted(bad, base);
        ok(found.some(p => p.startsWith(`${rule.name} `)), `reported: ${found.join('\n') || 'nothing'}`);
        // The chain's own old upgrade is written for 0.50; samples of older SDKs do not repeat it.
        deepStrictEqual(linted(good, base).filter(p => p.startsWith(`${rule.name} `) || (/ error /.test(p) && !p.includes(' app/upgrades/v2/'))), [], 'after the solution');
      });
    });
  }
});

function repoOf(...layers: Map<string, string>[]): Promise<Repo> {
  return repoWith(Object.fromEntries(layers.flatMap(layer => [...layer])));
}

function linted(repo: Repo, base: Repo): string[] {
  return lint(repo, readChain(repo), { base: { ref: 'v1.0.0', merged: true, repo: base, chain: readChain(base) } }).map(shown);
}

function shown({ rule, severity, place, message }: Problem): string {
  return `${rule} ${place.file}:${place.line} ${severity} ${message}`;
}

function filesIn(root: string): Map<string, string> {
  return new Map(filesBelow(root).map(path => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Fences name the file: "```go app/keys.go"; `last` before it is for the last release. */
function readPage(text: string): Page {
  const page: Page = { headings: text.match(/^##? .*$/gm) ?? [], first: text.split('\n')[2] ?? '', last: new Map(), bad: new Map(), good: new Map() };
  let section = '';
  for (const match of text.matchAll(/^## (.*)$|^```\w+ (last )?(\S+)\n([\s\S]*?)^```$/gm)) {
    if (match[1] !== undefined) section = match[1];
    else (match[2] ? page.last : section === 'Problem' ? page.bad : page.good).set(match[3]!, match[4]!);
  }
  return page;
}
