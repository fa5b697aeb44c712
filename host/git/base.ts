import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import type { App, Chain } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import { doubtAbout, plansOf } from '../../core/chain/doubt.ts';
import type { FileSource } from '../../core/files.ts';
import { dirname } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { Refusal } from '../../core/refusal.ts';
import { reasonOf } from '../errors.ts';
import { findRelease } from './baseline.ts';
import { gitFiles } from './git-files.ts';

/** Makes a repository and its chain of a commit's files. */
export type ReadFiles = (
  files: FileSource,
  commit: string,
) => Promise<{ readonly repo: Repo; readonly chain: Chain }>;

/**
 * Reads the chain as of the last release, or as of `base`. Throws only where `base` names what is
 * not there.
 */
export async function readBase(
  root: string,
  app: App,
  base: string | undefined,
  read: ReadFiles,
): Promise<ReleaseOrReason> {
  const found = await findRelease(root, {
    base,
    appModDir: dirname(app.sdk.gomod),
    plans: plansOf(app),
  });
  if ('reason' in found) return found;
  const notes: string[] = [];
  try {
    const files = gitFiles(root, found.commit, path =>
      notes.push(
        `${found.ref} was read without ${path}: this copy of the repository lacks its contents`,
      ),
    );
    const then = await read(files, found.commit);
    const doubt = found.chosen && doubtAbout(found.chosen, app, sameApp(then.chain, app));
    return {
      ref: found.ref,
      merged: found.merged,
      between: found.between,
      doubt,
      ...then,
      notes,
      files,
    };
  } catch (error) {
    if (base !== undefined)
      throw new Refusal(`the base ${base} cannot be read: ${reasonOf(error)}`);
    return { reason: `${found.ref} cannot be read: ${reasonOf(error)}` };
  }
}
