import { FileType, l10n, Uri, workspace } from 'vscode';
import { dirname } from '../../core/files.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { writtenFiles } from '../../core/plan/plan.ts';
import type { RefusalInfo } from '../../core/refusal.ts';
import { mixesLineEnds } from '../../core/workspace/line-ends.ts';

/**
 * Why an editor cannot write the plan byte for byte, or would write outside the repository;
 * undefined where it can.
 */
export async function notEditable(root: Uri, plan: Plan): Promise<RefusalInfo | undefined> {
  const { edits, moves = [] } = plan;
  const texts = [...edits, ...moves.map(({ from, ...both }) => ({ ...both, file: from }))];
  const mixed = texts.find(({ before, after }) => mixesLineEnds(before) || mixesLineEnds(after));
  if (mixed) {
    return {
      file: mixed.file,
      reason: l10n.t(
        '{0} mixes LF and CRLF line ends, and saving it here would change lines that are ' +
          'not meant: choose one in the status bar, save, and start again',
        mixed.file,
      ),
    };
  }
  for (const path of new Set(allPaths(plan).flatMap(withFolders))) {
    if (await isLink(Uri.joinPath(root, path))) {
      return {
        reason: l10n.t(
          '{0} is a symbolic link, which may lead out of the repository: put the real file ' +
            'or folder there, or write with chain-upgrade new',
          path,
        ),
      };
    }
  }
  return undefined;
}

/** Every path that a plan reads or writes. */
function allPaths(plan: Plan): string[] {
  return [...(plan.moves ?? []).map(({ from }) => from), ...writtenFiles(plan)];
}

/** A path and the folders it lies in, outermost first. */
function withFolders(path: string): string[] {
  const folder = dirname(path);
  return folder ? [...withFolders(folder), path] : [path];
}

async function isLink(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.SymbolicLink) !== 0,
    () => false,
  );
}
