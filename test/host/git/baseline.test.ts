import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BaselineOptions } from '../../../host/git/baseline.ts';
import { findRelease } from '../../../host/git/baseline.ts';
import { git, gitWith, History } from '../../support/git.ts';
import { tempDir, writeFiles } from '../../support/temp.ts';

async function refOf(dir: string, options?: BaselineOptions): Promise<string> {
  const found = await findRelease(dir, options);
  if ('reason' in found) return `none: ${found.reason}`;
  assert.equal(found.commit, git(dir, 'rev-parse', `${found.ref}^{commit}`));
  return found.ref;
}

describe('baseline', () => {
  it('is the release on the branch that left latest, not the last one that HEAD reaches', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0');
    history.commit();
    history.go('HEAD', 'release/v2');
    history.commit('v2.0.0');
    history.commit('v2.0.1');
    history.go('main');
    history.commit();
    assert.equal(await refOf(history.dir), 'v2.0.1');
  });

  it('is the one before, where HEAD is a release itself', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0');
    history.commit('v1.1.0');
    assert.equal(await refOf(history.dir), 'v1.0.0');
    assert.equal(
      await refOf(history.dir, { head: 'v1.0.0' }),
      'none: no release tag (vX.Y.Z) was made before the current commit',
    );
  });

  it('says where it is higher than the version that HEAD is released as', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    for (const tag of ['v0.24.0', 'v0.25.0', 'v0.1.0']) history.commit(tag);
    const lowerThan = async (head?: string) => {
      const found = await findRelease(history.dir, head === undefined ? {} : { head });
      if ('reason' in found) return found.reason;
      return [found.ref, found.chosen!.lowerRelease];
    };
    assert.deepEqual(await lowerThan(), ['v0.25.0', 'v0.1.0']);
    assert.deepEqual(await lowerThan('v0.25.0'), ['v0.24.0', undefined]);
    git(history.dir, 'tag', 'v0.26.0');
    assert.deepEqual(await lowerThan(), ['v0.25.0', undefined]);
    git(history.dir, 'tag', '--delete', 'v0.26.0');
    history.commit();
    assert.deepEqual(await lowerThan(), ['v0.1.0', undefined]);
  });

  it('is the highest version where the same commit is the common ancestor, by number', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    const fork = history.commit();
    for (const tag of ['v1.9.0', 'v1.10.0', 'v1.2.0']) {
      history.go(fork, `release/${tag}`);
      history.commit(tag);
    }
    history.go('main');
    history.commit();
    assert.equal(await refOf(history.dir), 'v1.10.0');
  });

  it('takes stable releases where the chain makes them', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0');
    for (const tag of ['v2.0.0-rc1', '2.0.0', 'other/v3.0.0', 'v2.0.0+build', 'contracts-v7'])
      history.commit(tag);
    history.commit();
    assert.equal(await refOf(history.dir), 'v1.0.0');
  });

  describe('takes what the chain tags:', () => {
    const afterTags = async (tags: readonly string[], plans: readonly string[] = []) => {
      const history = new History(tempDir({ 'go.mod': 'module a' }));
      for (const tag of tags) history.commit(tag);
      history.commit();
      return refOf(history.dir, { plans });
    };
    const cases: [what: string, tags: string[], plans: string[], expected: string][] = [
      ['two parts', ['v3.9', 'v3.16'], [], 'v3.16'],
      ['two parts after three', ['v0.0.1', 'v1.0', 'v1.1'], [], 'v1.1'],
      ['three parts after two', ['v1.9', 'v1.10', 'v2.0.0'], [], 'v2.0.0'],
      ['versions without a v, where there are no others', ['1.0.0', '1.1.0'], [], '1.1.0'],
      ['versions without a v, as a habit', ['v0.1.0', '1.0.0', '1.0.1'], [], '1.0.1'],
      [
        'betas that are the releases',
        ['v0.9.0', 'v1.3.0-beta', 'v1.3.1-beta'],
        ['v1.3.0-beta', 'v1.3.1-beta'],
        'v1.3.1-beta',
      ],
      ['betas of a chain with codenames', ['v1-beta', 'v2-beta', 'v3-beta'], ['altair'], 'v3-beta'],
      [
        'a word and a number, like the plans',
        ['v0.1.0', 'harbour-upgrade-8', 'harbour-upgrade-9'],
        ['harbour-upgrade-10'],
        'harbour-upgrade-9',
      ],
      ['what a plan is called', ['v0.1.0', 'altair', 'vega'], ['altair', 'vega'], 'vega'],
      [
        'a plan in the suffix',
        ['v3.0.0', 'v3.1.0-mark6', 'v3.1.0-mark7'],
        ['mark-6', 'mark-7', 'mark-8'],
        'v3.1.0-mark7',
      ],
      ['a suffix of every release', ['v1.0.0', 'v1.1.0-evm', 'v1.2.0-evm'], [], 'v1.2.0-evm'],
      ['numbers that begin anew', ['v26.0.0', 'v27.0.0', 'v1.0.0', 'v1.0.1'], [], 'v1.0.1'],
    ];
    for (const [what, tags, plans, expected] of cases)
      it(what, async () => assert.equal(await afterTags(tags, plans), expected));
  });

  describe('does not take for a release:', () => {
    const afterTags = async (tags: readonly string[], plans: readonly string[] = []) => {
      const history = new History(tempDir({ 'go.mod': 'module a' }));
      for (const tag of tags) history.commit(tag);
      history.commit();
      const found = await findRelease(history.dir, { plans });
      assert.ok('chosen' in found);
      return [found.ref, ...found.chosen!.passedOver];
    };
    const cases: [what: string, tags: string[], plans: string[], passedOver: string[]][] = [
      [
        'the candidate of a plan',
        ['v2.0.0-rc1', 'v2.0.0-rc2'],
        ['v1', 'v2'],
        ['v2.0.0-rc2', 'v2.0.0-rc1'],
      ],
      [
        'candidates of two versions whose final is planned',
        ['v2.0.0-rc1', 'v2.1.0-rc1'],
        ['v2.1.0', 'v2.1.0-rc1'],
        ['v2.1.0-rc1', 'v2.0.0-rc1'],
      ],
      ['a single variant', ['v1.0.1-debug'], ['v1'], ['v1.0.1-debug']],
      [
        'variants of a release',
        ['v1.0.0-arm64', 'v1.0.0-arm64-2'],
        [],
        ['v1.0.0-arm64-2', 'v1.0.0-arm64'],
      ],
      ['something else with a version', ['contracts-v2', 'contracts-v3'], ['v2', 'v3'], []],
    ];
    for (const [what, tags, plans, passedOver] of cases)
      it(what, async () =>
        assert.deepEqual(await afterTags(['v1.0.0', ...tags], plans), ['v1.0.0', ...passedOver]),
      );
  });

  it('tells which releases lie between a named base and now', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    for (const tag of ['v1.0.0', 'v2.0.0', 'v1.0.1', 'v2.1.0-rc1', 'v2.1.0']) history.commit(tag);
    const between = async (base: string) => {
      const found = await findRelease(history.dir, { base });
      return 'reason' in found ? found.reason : found.between;
    };
    history.commit();
    assert.deepEqual(await between('v1.0.0'), ['v2.1.0', 'v1.0.1', 'v2.0.0']);
    assert.deepEqual(await between('v2.0.0'), ['v2.1.0']);
    assert.deepEqual(await between('v2.1.0'), []);
    assert.deepEqual(await between('HEAD~2'), ['v2.1.0']);
  });

  it('leaves out what was tagged after HEAD, on its line or on a branch', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0', 1);
    const old = history.commit(undefined, 2);
    history.commit('v3.0.0', 2); // In the same second as the one before.
    history.go(old, 'release/v2');
    history.commit('v2.0.0', 9);
    history.go('main');
    assert.equal(await refOf(history.dir, { head: old }), 'v1.0.0');
    assert.equal(await refOf(history.dir), 'v1.0.0');
  });

  it('takes a release branch made in the same second as HEAD', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit(undefined, 1);
    history.go('HEAD', 'release/v1');
    history.commit('v1.0.0', 1);
    history.go('main');
    history.commit(undefined, 1);
    assert.equal(await refOf(history.dir), 'v1.0.0');
  });

  it("takes tags with the app's Go module folder as prefix, wherever the root lies", async () => {
    const history = new History(tempDir({ 'protocol/go.mod': 'module a' }));
    history.commit('v0.1.0');
    history.commit('protocol/v5.0.0');
    history.commit('indexer/v9.0.0');
    history.commit();
    assert.equal(await refOf(history.dir, { appModDir: 'protocol' }), 'protocol/v5.0.0');
    assert.equal(await refOf(join(history.dir, 'protocol')), 'protocol/v5.0.0');
    assert.equal(await refOf(history.dir), 'v0.1.0');
  });

  it('sees through annotated tags and tags of tags; tags of anything else are none', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0');
    history.commit();
    git(history.dir, 'tag', '--annotate', '--message', 'two', 'v2.0.0');
    history.commit();
    git(history.dir, 'tag', '--annotate', '--message', 'inner', 'inner');
    git(history.dir, 'tag', '--annotate', '--message', 'three', 'v3.0.0', 'inner');
    git(history.dir, 'tag', 'v9.0.0', 'HEAD:go.mod');
    git(history.dir, 'tag', 'v9.0.1', 'HEAD^{tree}');
    history.commit();
    assert.equal(await refOf(history.dir), 'v3.0.0');
    assert.equal(await refOf(history.dir, { head: 'HEAD~1' }), 'v2.0.0');
  });

  it('does not compare with a history of its own', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0');
    git(history.dir, 'checkout', '--quiet', '--orphan', 'other');
    history.commit('v2.0.0');
    history.go('main');
    history.commit();
    assert.equal(await refOf(history.dir), 'v1.0.0');
  });

  it('agrees with git merge-base on a tangled history', async function () {
    this.timeout(30_000);
    const dir = tempDir();
    git(dir, 'init', '--quiet');
    gitWith({ input: tangledHistory(120, 40) }, dir, 'fast-import', '--quiet');
    const heads = git(dir, 'for-each-ref', '--format=%(objectname)', 'refs/heads').split('\n');
    let found = 0;
    for (const head of heads.filter((_, i) => i % 15 === 0)) {
      const ref = await refOf(dir, { head });
      const expected = newestByMergeBase(dir, head);
      assert.equal(ref.startsWith('none') ? undefined : ref, expected, `at ${head}`);
      if (expected) found++;
    }
    assert.ok(found >= 5, `only ${found} of these had a baseline`);
  });

  it('is the one that is named', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    const first = history.commit('v1.0.0');
    history.commit('odd-name');
    history.commit();
    assert.equal(await refOf(history.dir, { base: 'odd-name' }), 'odd-name');
    assert.deepEqual(await findRelease(history.dir, { base: first }), {
      ref: first,
      commit: first,
      merged: true,
      between: [],
    });
    await assert.rejects(
      findRelease(history.dir, { base: 'nosuch' }),
      /the base nosuch is not a commit of this repository/,
    );
    await assert.rejects(
      findRelease(history.dir, { base: 'HEAD:go.mod' }),
      /the base HEAD:go\.mod/,
    );
    for (const base of ['--all', 'v1.0.0..HEAD'])
      await assert.rejects(findRelease(history.dir, { base }), /is not a git ref/);
    await assert.rejects(
      findRelease(tempDir(), { base: 'v1' }),
      /the base v1 cannot be read: not a git repository/,
    );
  });

  describe('gives the reason where there is none:', () => {
    it('no git repository, no commit, no tag', async () => {
      assert.match(await refOf(tempDir()), /^none: not a git repository/);
      const history = new History(tempDir({ 'go.mod': 'module a' }));
      assert.equal(await refOf(history.dir), 'none: there is no commit yet');
      history.commit();
      assert.match(await refOf(history.dir), /^none: there is no release tag .*git fetch --tags/);
    });

    it('a shallow clone', async () => {
      const history = new History(tempDir({ 'go.mod': 'module a' }));
      history.commit('v1.0.0');
      history.commit();
      const clone = join(tempDir(), 'clone');
      git(history.dir, 'clone', '--quiet', '--depth', '1', `file://${history.dir}`, clone);
      assert.match(
        await refOf(clone),
        /^none: this is a shallow clone: run git fetch --unshallow --tags$/,
      );
    });

    it('a repository that belongs to somebody else', async () => {
      const history = new History(tempDir({ 'go.mod': 'module a' }));
      history.commit('v1.0.0');
      process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
      try {
        assert.match(
          await refOf(history.dir),
          /^none: detected dubious ownership in repository at .*git config --global --add safe\.directory [^\n]+$/,
        );
      } finally {
        delete process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'];
      }
    });

    it('no git', async () => {
      const path = process.env['PATH'];
      const empty = tempDir();
      process.env['PATH'] = empty;
      try {
        assert.equal(await refOf(empty), 'none: git is not installed');
      } finally {
        process.env['PATH'] = path;
      }
    });
  });

  it('runs nothing that the repository configures', async () => {
    const history = new History(tempDir({ 'go.mod': 'module a' }));
    history.commit('v1.0.0');
    history.commit();
    const sprung = join(history.dir, 'sprung');
    writeFiles(history.dir, { 'trap.sh': `touch ${sprung}\n` });
    for (const key of ['core.fsmonitor', 'core.pager', 'gpg.program'])
      git(history.dir, 'config', key, `sh ${history.dir}/trap.sh`);
    git(history.dir, 'config', 'log.showSignature', 'true');
    assert.equal(await refOf(history.dir), 'v1.0.0');
    assert.equal(existsSync(sprung), false);
    git(history.dir, 'status');
    assert.equal(existsSync(sprung), true, 'the trap is none');
  });
});

/**
 * A stream for git fast-import: commits with up to two earlier parents, each on a branch of its
 * own, every third with a release tag.
 */
function tangledHistory(commits: number, seed: number): string {
  let state = seed;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const earlier = (i: number) => Math.max(0, i - 1 - Math.floor(random() ** 2 * 30));
  let stream = '';
  for (let i = 0; i < commits; i++) {
    stream += `commit refs/heads/b${i}\nmark :${i + 1}\ncommitter A <a@example.org> ${1_700_000_000 + i * 60} +0000\ndata 1\nx\n`;
    if (i > 0) stream += `from :${earlier(i) + 1}\n`;
    if (i > 5 && random() < 0.3) stream += `merge :${earlier(i) + 1}\n`;
    stream += '\n';
    if (i % 3 === 0)
      stream += `reset refs/tags/v${Math.floor(random() * 5)}.${i}.0\nfrom :${i + 1}\n\n`;
  }
  return stream;
}

/** The same choice the slow way: one merge-base per tag. */
function newestByMergeBase(dir: string, head: string): string | undefined {
  const times = new Map(
    git(dir, 'log', '--all', '--format=%H %ct')
      .split('\n')
      .map(line => [line.slice(0, 40), Number(line.slice(41))]),
  );
  const time = (commit: string) => times.get(commit)!;
  const ranked = git(dir, 'for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/tags')
    .split('\n')
    .flatMap(line => {
      const [tag = '', commit = ''] = line.split(' ');
      if (commit === head || time(commit) > time(head)) return [];
      const bases = git(dir, 'merge-base', '--all', head, commit)
        .split('\n')
        .filter(Boolean)
        .map(time);
      const [major = 0, minor = 0] = tag.slice(1).split('.').map(Number);
      return [{ tag, rank: [Math.max(...bases), major, minor] }];
    });
  ranked.sort(
    (a, b) => a.rank.map((n, i) => b.rank[i]! - n).find(difference => difference !== 0) ?? 0,
  );
  return ranked[0]?.tag;
}
