import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FileEdit } from '../../core/go/edit/file-edit.ts';
import type { Create, Plan } from '../../core/plan/plan.ts';
import { writtenFiles } from '../../core/plan/plan.ts';
import type { Log } from '../commands/session.ts';
import type { WrittenPlan } from '../disk/apply.ts';
import { writePlan } from '../disk/apply.ts';
import { isBelow } from '../disk/walk.ts';
import { codeOf, failure, reasonOf } from '../errors.ts';
import { git } from '../git/git.ts';

/** What a command wrote, so that it can be taken back. Paths are relative to `root`, with `/`. */
export interface WriteRecord {
  /** The command line that wrote it, without options. */
  readonly command: string;
  /** When, as ISO 8601. */
  readonly time: string;
  /** The root, relative to the repository's top folder; empty for that folder itself. */
  readonly root: string;
  readonly creates: readonly Create[];
  readonly edits: readonly FileEdit[];
  /** The folders that were made for it. */
  readonly folders: readonly string[];
}

/** Where a repository's writes are kept. */
interface Place {
  /** The repository's top folder; the root itself where there is no git. */
  readonly top: string;
  readonly file: string;
}

interface Kept {
  readonly version: 1;
  readonly writes: readonly WriteRecord[];
}

/** How many writes are kept: older ones are forgotten. */
const most = 10;

/**
 * Writes a plan and remembers it for `undo`. That it could not be remembered is a warning: what was
 * asked for is done.
 */
export async function writeRemembered(
  root: string,
  plan: Plan,
  command: string,
  tell: Log,
): Promise<void> {
  const written = writePlan(root, plan);
  if (writtenFiles(plan).length === 0) return;
  try {
    await remember(root, written, command);
  } catch (error) {
    tell(`warning: undo will not know of this: ${reasonOf(error)}`);
  }
}

async function remember(root: string, { plan, folders }: WrittenPlan, command: string) {
  const place = await placeOf(root);
  const real = realpathSync(root);
  const record: WriteRecord = {
    command,
    time: new Date().toISOString(),
    root: slashed(relative(place.top, real)),
    creates: plan.creates,
    edits: plan.edits,
    folders: folders.map(folder => slashed(relative(real, folder))),
  };
  keep(place, [...readKept(place), record].slice(-most));
}

/** The writes of the repository that a folder belongs to, the last one at the end. */
export async function rememberedWrites(root: string): Promise<readonly WriteRecord[]> {
  return readKept(await placeOf(root));
}

/** Forgets all writes but these. */
export async function forgetOthers(root: string, writes: readonly WriteRecord[]): Promise<void> {
  keep(await placeOf(root), writes);
}

/** The folder that the paths of a write are relative to, as an absolute path. */
export async function rootOfWrite(root: string, record: WriteRecord): Promise<string> {
  const { top } = await placeOf(root);
  const found = resolve(top, record.root);
  if (!isBelow(found, top)) throw failure('what is remembered is damaged', 'a path leads out');
  return found;
}

/** Git's own folder, which no tree and no commit shows; without git the user's state folder. */
async function placeOf(root: string): Promise<Place> {
  const real = realpathSync(root);
  try {
    const asked = ['rev-parse', '--absolute-git-dir', '--show-toplevel'];
    const [gitDir, top] = (await git(root, asked)).toString().trimEnd().split('\n');
    if (gitDir && top && isBelow(real, resolve(top)))
      return { top: resolve(top), file: join(gitDir, 'chain-upgrade', 'writes.json') };
  } catch {
    // No git, or no repository of its: the user's own folder is left.
  }
  const name = createHash('sha256').update(real).digest('hex').slice(0, 32);
  return { top: real, file: join(stateFolder(), 'chain-upgrade', 'writes', `${name}.json`) };
}

/** Where programs keep what is neither configuration nor cache. */
function stateFolder(): string {
  const { XDG_STATE_HOME: given, LOCALAPPDATA: windows } = process.env;
  return given || windows || join(homedir(), '.local', 'state');
}

function readKept({ file }: Place): readonly WriteRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw failure(`${file} cannot be read`, error);
  }
  try {
    const { version, writes } = JSON.parse(text) as Partial<Kept>;
    return version === 1 && Array.isArray(writes) ? writes : [];
  } catch {
    return [];
  }
}

function keep({ file }: Place, writes: readonly WriteRecord[]): void {
  const kept: Kept = { version: 1, writes };
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(beside, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
    renameSync(beside, file);
  } catch (error) {
    throw failure(`${file} cannot be written`, error);
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
