import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The user and group that root is left for. */
export const normalUser = 1000;

/**
 * Runs a program's text in a process of its own as a normal user, whom permission bits hold back:
 * modules are loaded first, then root is left. `modules` are imported by name; the text sees them
 * and `args`, and what it prints comes back.
 */
export function asNormalUser(
  modules: Readonly<Record<string, URL>>,
  text: string,
  ...args: string[]
): string {
  const imports = Object.entries(modules)
    .map(([name, url]) => `import * as ${name} from ${JSON.stringify(url.href)};`)
    .join('\n');
  const leaveRoot = `if (process.getuid?.() === 0) { process.setgroups([${normalUser}]); process.setgid(${normalUser}); process.setuid(${normalUser}); }`;
  const program = `${imports}\nconst args = process.argv.slice(1);\n${leaveRoot}\n${text}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program, '--', ...args],
    { encoding: 'utf8', cwd: '/' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Gives a folder and all in it to the normal user, where we are root. */
export function giveToNormalUser(dir: string): void {
  if (process.getuid?.() !== 0) return;
  for (const name of ['', ...readdirSync(dir, { recursive: true, encoding: 'utf8' })])
    chownSync(join(dir, name), normalUser, normalUser);
}

/**
 * Whether the normal user may read a file: a checkout below root's home may be closed to others.
 */
export function readableByNormalUser(path: string): boolean {
  return (
    asNormalUser(
      { fs: new URL('node:fs') },
      "try { fs.accessSync(args[0], fs.constants.R_OK); console.log('yes'); } catch { console.log('no'); }",
      path,
    ) === 'yes\n'
  );
}
