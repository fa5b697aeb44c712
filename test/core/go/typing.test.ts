import assert from 'node:assert/strict';
import { analyse, readChain } from '../../../core/chain/analysis.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import { lint } from '../../../core/lint/lint.ts';
import { chainNames, chainTexts } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';

const typed = '\n\tapp.Vault = vault.New(keys["vault"])\n';
const statement = /^\t[\w.]+.*\)$/m;

describe('what is found while somebody types', function () {
  this.timeout(120_000);

  it('is what is found in the same texts read afresh', async () => {
    const done: string[] = [];
    for (const name of chainNames) {
      const texts = chainTexts(name);
      const then = await repoOf(texts);
      const base = { ref: 'v1', merged: true, repo: then, chain: readChain(then) };
      const file = Object.keys(texts).find(
        path => path.endsWith('app.go') && statement.test(texts[path]!),
      );
      if (!file) continue;
      const text = texts[file]!;
      const at = statement.exec(text)!.index;
      let repo: Repo = then;
      for (const end of [1, 4, 7, 11, 12, 13, 19, 20, 24, 28, 29, 35, typed.length]) {
        repo = repo.with([[file, text.slice(0, at) + typed.slice(0, end) + text.slice(at)]]);
        lint(analyse(repo), { bases: [base] });
        // In the middle of a call, and in the end.
        if (end === 28 || end === typed.length)
          assert.equal(
            said(repo),
            said(await repoOf(Object.fromEntries(repo.texts))),
            `${name}, ${JSON.stringify(typed.slice(0, end))}`,
          );
      }
      repo = repo.with([[file, text]]);
      assert.equal(said(repo), said(then), name);
      done.push(name);

      function said(now: Repo): string {
        const analysis = analyse(now);
        return JSON.stringify([
          analysis.chain,
          lint(analysis, { bases: [base] }).map(({ fixes, ...problem }) => ({
            ...problem,
            fixes: fixes.map(fix => fix.title),
          })),
        ]);
      }
    }
    assert.ok(done.length > 20, `only ${done.length} chains have something to type into`);
  });

  it('does not change while a condition is typed whose brackets the editor closes', async () => {
    const condition = '\n\tif err := app.Open(keys["vault"]); err != nil';
    const ends = [
      4,
      8,
      11,
      14,
      15,
      16,
      20,
      condition.indexOf(';'),
      condition.length - 6,
      condition.length,
    ];
    let done = 0;
    for (const name of chainNames) {
      const texts = chainTexts(name);
      const file = Object.keys(texts).find(
        path => path.endsWith('app.go') && statement.test(texts[path]!),
      );
      if (!file) continue;
      const start = await repoOf(texts);
      const text = texts[file]!;
      const at = statement.exec(text)!.index - 1;
      const found = (repo: Repo) =>
        lint(analyse(repo), { bases: [] }).map(({ rule, message }) => `${rule} ${message}`);
      // What is typed into is kept from the second reading on.
      let repo = start.with([[file, `${text}// More.\n`]]).with([[file, text]]);
      const before = found(repo);
      for (const end of ends) {
        repo = repo.with([[file, text.slice(0, at) + condition.slice(0, end) + text.slice(at)]]);
        assert.deepEqual(
          found(repo),
          before,
          `${name}, ${JSON.stringify(condition.slice(0, end))}`,
        );
      }
      done++;
    }
    assert.ok(done > 20, `only ${done} chains have something to type into`);
  });

  it('follows an edit in a package that a name leads to', async () => {
    const texts = {
      'go.mod': 'module example.org/chain\n',
      'app/app.go': 'package app\n\nimport "example.org/chain/names"\n\nvar Name = names.Name\n',
      'names/names.go':
        'package names\n\nimport "example.org/chain/deep"\n\nconst Name = deep.Name\n',
      'deep/deep.go': 'package deep\n\nconst Name = "one"\n',
    };
    let repo = await repoOf(texts);
    let reads = 0;
    const name = () =>
      repo.memoWithDependencies(
        'app',
        'name',
        () =>
          `${++reads} ${repo.value('names', 'Name')!.facts.path} ${repo.memoWithDependencies('names', 'inner', () => repo.value('deep', 'Name')!.facts.text)}`,
      );
    assert.equal(name(), name());
    repo = repo.with([['deep/deep.go', 'package deep\n\nconst Name = "two"\n']]);
    assert.match(name(), /^2 names\/names\.go [\s\S]*"two"/);
    repo = repo.with([['names/names.go', `${texts['names/names.go']}\n// More.\n`]]);
    assert.match(name(), /^3 /);
    repo = repo.with([['app/app.go', `${texts['app/app.go']}\n// More.\n`]]);
    assert.match(name(), /^4 /);
  });
});
