import { Refusal } from '../refusal.ts';

/** The refusal of a path that exists already. */
export function existsAlready(path: string): Refusal {
  return new Refusal(`${path} exists already; choose another name or remove it`, { file: path });
}

/** Refuses a path that exists already among some files, as a file or folder. Throws `Refusal`. */
export function refuseExisting(files: Iterable<string>, path: string): void {
  for (const file of files)
    if (file === path || file.startsWith(`${path}/`)) throw existsAlready(path);
}
