import { realpath } from 'node:fs/promises';
import { Refusal } from '../../core/refusal.ts';
import { findRoot } from '../../host/disk/root.ts';
import { isBelow } from '../../host/disk/walk.ts';

/** The folders that an agent may work in. */
export class AllowedFolders {
  private readonly ask: () => Promise<readonly string[]>;

  /** `ask` gives the folders that the user named, or that the client has as its roots. */
  constructor(ask: () => Promise<readonly string[]>) {
    this.ask = ask;
  }

  /**
   * The root of the repository at a folder; without one at the only folder that is allowed. Throws
   * `Refusal` where it lies outside them.
   */
  async rootOf(dir: string | undefined): Promise<string> {
    const allowed = await this.ask();
    if (dir === undefined && allowed.length !== 1)
      throw new Refusal(`give dir, one of: ${allowed.join(', ') || 'no folder is allowed'}`);
    const root = await findRoot(dir ?? allowed[0]!);
    const real = await realpath(root);
    for (const folder of allowed) {
      // A folder that was named inside a repository stands for that repository.
      for (const own of [folder, await findRoot(folder).catch(() => folder)])
        if (isBelow(real, await realpath(own))) return root;
    }
    throw new Refusal(
      `${dir ?? root} is outside the folders that are allowed: ${allowed.join(', ')}`,
    );
  }
}
