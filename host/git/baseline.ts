import type { ChoiceOfTag } from '../../core/chain/doubt.ts';
import { compareNumbers, readTagName } from '../../core/chain/tag-names.ts';
import { join } from '../../core/files.ts';
import { Refusal } from '../../core/refusal.ts';
import { reasonOf } from '../errors.ts';
import { checkRef, GitError, git } from './git.ts';
import type { RankedTag, Tag } from './ranked-tag.ts';
import type { Releases, SideHistory } from './release-tags.ts';
import { readSideHistory, releasesBefore } from './release-tags.ts';

/** The commit the network runs now. */
export interface ReleaseCommit {
  readonly ref: string;
  readonly commit: string;
  /** The current commit is built on it. */
  readonly merged: boolean;
  /** The releases after it and before the current commit; undefined where that cannot be told. */
  readonly between?: readonly string[];
  /** What a choice among the tags went by; absent where the ref was named. */
  readonly chosen?: ChoiceOfTag;
}

/** The commit the network runs now, or why there is none to compare with. */
export type ReleaseCommitOrReason = ReleaseCommit | { readonly reason: string };

export interface BaselineOptions {
  /** A ref somebody named: it is taken, or it is an error. */
  readonly base?: string | undefined;
  /** The folder of the app's go.mod, relative to the root: release tags may carry it as prefix. */
  readonly appModDir?: string | undefined;
  /** The plans that are registered at HEAD: tags may be called like them. */
  readonly plans?: readonly string[] | undefined;
  /** The commit to look back from; HEAD. */
  readonly head?: string | undefined;
}

/**
 * Finds the baseline of a repository. Throws only where a named base does not exist; what stands in
 * the way of finding one (no git, a shallow clone, no release tag) comes back as reason.
 */
export async function findRelease(
  root: string,
  options: BaselineOptions = {},
): Promise<ReleaseCommitOrReason> {
  if (options.base !== undefined) return namedRelease(root, options.base, options);
  try {
    return await newestRelease(root, options);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

async function namedRelease(
  root: string,
  base: string,
  options: BaselineOptions,
): Promise<ReleaseCommit> {
  const { commit, time } = await namedCommit(root, base);
  const merged = await git(root, [
    'merge-base',
    '--is-ancestor',
    commit,
    checkRef(options.head ?? 'HEAD'),
  ]).then(
    () => true,
    () => false,
  );
  const history = await readHistory(root, options).catch(() => undefined);
  // What was made on an older line afterwards is no step between; neither is the same release again.
  const own = history?.tags.find(tag => tag.commit === commit)?.name ?? base;
  const between = history?.releases
    .filter(tag => tag.time > time && isNewerName(tag.name, own, history.prefixes))
    .map(({ name }) => name);
  return { ref: base, commit, merged, ...(between ? { between } : {}) };
}

async function newestRelease(
  root: string,
  options: BaselineOptions,
): Promise<ReleaseCommitOrReason> {
  const { releases, passedOver, head, side, tags, shallow, prefixes } = await readHistory(
    root,
    options,
  );
  if (shallow) return { reason: 'this is a shallow clone: run git fetch --unshallow --tags' };
  const release = releases[0];
  if (!release)
    return {
      reason: tags.some(({ name }) => readTagName(name, prefixes)?.kind === 'plain')
        ? 'no release tag (vX.Y.Z) was made before the current commit'
        : 'there is no release tag (vX.Y.Z): run git fetch --tags if there should be one',
    };
  return {
    ref: release.name,
    commit: release.commit,
    merged: !side.commits.has(release.commit),
    between: [],
    chosen: {
      age: head.time - release.time,
      passedOver: passedOver.map(({ name }) => name),
      ...lowerRelease(tags, head, release, prefixes),
    },
  };
}

/** What HEAD is released as, where all of that is lower than the release before it. */
function lowerRelease(
  tags: readonly Tag[],
  head: DatedCommit,
  before: RankedTag,
  prefixes: readonly string[],
): Pick<ChoiceOfTag, 'lowerRelease'> {
  const own = tags.flatMap(({ name, commit }) => {
    const read = commit === head.commit ? readTagName(name, prefixes) : undefined;
    return read?.kind === 'plain' ? [{ name, version: read.version }] : [];
  });
  const newest = own.sort((a, b) => compareNumbers(a.version, b.version)).at(-1);
  if (!newest || compareNumbers(newest.version, before.read.version) >= 0) return {};
  return { lowerRelease: newest.name };
}

/** The tags of a repository, as they lie about a commit. */
interface TagHistory extends Releases {
  readonly tags: readonly Tag[];
  readonly head: DatedCommit;
  readonly side: SideHistory;
  readonly shallow: boolean;
  readonly prefixes: readonly string[];
}

async function readHistory(
  root: string,
  { appModDir = '', head: ref = 'HEAD', plans = [] }: BaselineOptions,
): Promise<TagHistory> {
  const [asked, head, allTags] = await Promise.all([
    git(root, ['rev-parse', '--is-shallow-repository', '--show-prefix']),
    commitOf(root, ref),
    readTags(root),
  ]);
  const [shallow, prefix = ''] = asked.toString().split('\n');
  const modDir = join(prefix, appModDir);
  const prefixes = modDir ? [`${modDir}/`] : [];
  const tags = allTags.filter(tag => readTagName(tag.name, prefixes));
  const side = await beside(root, head.commit, tags);
  const found = releasesBefore(tags, head, side, { prefixes, plans });
  return { ...found, tags, head, side, shallow: shallow === 'true', prefixes };
}

/** Whether a tag comes after another by version; also where the other has none. */
function isNewerName(name: string, other: string, prefixes: readonly string[]): boolean {
  const [a, b] = [name, other].map(tag => readTagName(tag, prefixes));
  if (!a || !b || b.version.length === 0) return true;
  const order = compareNumbers(a.version, b.version);
  return order > 0 || (order === 0 && b.kind === 'candidate' && a.kind !== 'candidate');
}

async function namedCommit(root: string, base: string): Promise<DatedCommit> {
  checkRef(base);
  try {
    return await commitOf(root, base);
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

interface DatedCommit {
  readonly commit: string;
  /** In seconds since 1970. */
  readonly time: number;
}

async function commitOf(root: string, ref: string): Promise<DatedCommit> {
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

async function beside(root: string, head: string, tags: readonly Tag[]): Promise<SideHistory> {
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
