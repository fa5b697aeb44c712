import { join } from '../../core/files.ts';
import { Refusal } from '../../core/refusal.ts';
import { reasonOf } from '../errors.ts';
import { checkRef, GitError, git } from './git.ts';
import type { Tag } from './release-tags.ts';
import { newestRelease, readSideHistory, releaseVersion } from './release-tags.ts';

/**
 * The commit the network runs now, by name and hash, or why there is none to compare with.
 * `merged`: the current commit is built on it.
 */
export type ReleaseCommit =
  | { readonly ref: string; readonly commit: string; readonly merged: boolean }
  | { readonly reason: string };

export interface BaselineOptions {
  /** A ref somebody named: it is taken, or it is an error. */
  readonly base?: string | undefined;
  /** The folder of the app's go.mod, relative to the root: release tags may carry it as prefix. */
  readonly appModDir?: string | undefined;
  /** The commit to look back from; HEAD. */
  readonly head?: string | undefined;
}

/**
 * Finds the baseline of a repository. Throws only where a named base does not exist; what stands in
 * the way of finding one (no git, a shallow clone, no release tag) comes back as reason.
 */
export async function findRelease(
  root: string,
  { base, appModDir = '', head = 'HEAD' }: BaselineOptions = {},
): Promise<ReleaseCommit> {
  if (base !== undefined) {
    const commit = await namedCommit(root, base);
    return {
      ref: base,
      commit,
      merged: await git(root, ['merge-base', '--is-ancestor', commit, checkRef(head)]).then(
        () => true,
        () => false,
      ),
    };
  }
  try {
    const [[shallow, prefix = ''], at, allTags] = await Promise.all([
      git(root, ['rev-parse', '--is-shallow-repository', '--show-prefix']).then(out =>
        out.toString().split('\n'),
      ),
      commitOf(root, head),
      readTags(root),
    ]);
    if (shallow === 'true')
      return { reason: 'this is a shallow clone: run git fetch --unshallow --tags' };
    const modDir = join(prefix, appModDir);
    const prefixes = modDir ? [`${modDir}/`] : [];
    const tags = allTags.filter(tag => releaseVersion(tag.name, prefixes));
    if (tags.length === 0)
      return {
        reason: 'there is no release tag (vX.Y.Z): run git fetch --tags if there should be one',
      };
    const side = await beside(root, at.commit, tags);
    const release = newestRelease(tags, at, side, prefixes);
    return release
      ? { ref: release.name, commit: release.commit, merged: !side.commits.has(release.commit) }
      : { reason: 'no release tag (vX.Y.Z) was made before the current commit' };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

async function namedCommit(root: string, base: string): Promise<string> {
  checkRef(base);
  try {
    return (await commitOf(root, base)).commit;
  } catch (error) {
    const reason = reasonOf(error);
    throw new Refusal(
      /^bad revision/.test(reason)
        ? `the base ${base} is not a commit of this repository: name a tag, a branch or a ` +
            'commit, or run git fetch --tags'
        : `the base ${base} cannot be read: ${reason}`,
    );
  }
}

async function commitOf(root: string, ref: string): Promise<{ commit: string; time: number }> {
  const out = await git(root, [
    'rev-list',
    '-1',
    '--timestamp',
    '--end-of-options',
    `${checkRef(ref)}^{commit}`,
    '--',
  ]).catch(error => {
    throw ref === 'HEAD' && /^bad revision/.test(reasonOf(error))
      ? new GitError('there is no commit yet')
      : error;
  });
  const [time, commit] = out.toString().trim().split(' ');
  return { commit: commit!, time: Number(time) };
}

async function readTags(root: string): Promise<Tag[]> {
  const fields = [
    'refname',
    'objecttype',
    'objectname',
    'committerdate:unix',
    '*objecttype',
    '*objectname',
    '*committerdate:unix',
  ];
  const out = await git(root, [
    'for-each-ref',
    `--format=${fields.map(f => `%(${f})`).join('%09')}`,
    'refs/tags',
  ]);
  return Promise.all(
    out
      .toString()
      .split('\n')
      .filter(Boolean)
      .map(async line => {
        const [ref, type, object, time, peeledType, peeled, peeledTime] = line.split('\t');
        const name = ref!.slice('refs/tags/'.length);
        if (type === 'commit') return { name, commit: object!, time: Number(time) };
        if (peeledType === 'commit') return { name, commit: peeled!, time: Number(peeledTime) };
        // A tag of a tag; tags of files and folders are no releases.
        return peeledType === 'tag'
          ? { name, ...(await commitOf(root, ref!).catch(() => undefined)) }
          : undefined;
      }),
  ).then(tags => tags.filter((tag): tag is Tag => tag?.commit !== undefined));
}

async function beside(root: string, head: string, tags: readonly Tag[]) {
  const options = [
    '--parents',
    '--timestamp',
    '--boundary',
    '--topo-order',
    '--reverse',
    '--ignore-missing',
    '--stdin',
  ];
  const out = await git(
    root,
    ['rev-list', ...options],
    [`^${head}`, ...tags.map(tag => tag.commit), ''].join('\n'),
  );
  return readSideHistory(out.toString());
}
