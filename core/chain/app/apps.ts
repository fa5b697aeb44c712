import { dirname } from '../../files.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { filesWithApps } from '../../wiring/app-structs.ts';
import { appTypeOf } from '../../wiring/app-types.ts';
import type { AppSource } from '../../wiring/style.ts';

/** Folders whose apps are built into tests or tools: they are never a network's. */
const neverNetworks =
  /(^|\/)(testutil|tests?|mocks?|simulation|e2e|interchaintest|runtime|server)(\/|$)/;

/** Folders of apps that a library is tried with: a network's where the repository has no other. */
const forTrials = /(^|\/)(testing|testutils|testdata|intest|simapp)(\/|$)/;

/**
 * The apps of a repository: packages with a struct that embeds `baseapp.BaseApp` or `runtime.App`,
 * which a command of the repository builds. Where no command reaches any, all of them. Apps that only
 * try a library count where there is no other.
 */
export function findApps(repo: Repo): AppSource[] {
  const found: AppSource[] = [];
  for (const dir of filesWithApps(repo).keys()) {
    if (neverNetworks.test(dir) || dir === 'baseapp') continue;
    const type = appTypeOf(repo, dir);
    if (type) found.push({ repo, dir, type });
  }
  const ofNetworks = found.filter(app => !forTrials.test(app.dir));
  const apps = ofNetworks.length > 0 ? ofNetworks : found;
  const built = builtBy(repo);
  const reached = apps.filter(app => built.has(app.dir));
  return (reached.length ? reached : apps).sort((a, b) => (a.dir < b.dir ? -1 : 1));
}

/** The folders that the repository's commands are made of. */
function builtBy(repo: Repo): ReadonlySet<string> {
  const commands: string[] = [];
  const mains = repo.memoForPackages(
    'command',
    ({ files }) =>
      files.some(path => repo.memoByText(path, 'command', text => /^package main\b/m.test(text))) ||
      undefined,
  );
  for (const dir of mains.keys()) {
    if (!/(^|\/)(tests?|tools?|scripts?|e2e|interchaintest)(\/|$)/.test(dir)) commands.push(dir);
  }
  return memoize(repo.layout, `built by ${commands.join()}`, () => repo.layout.closureOf(commands));
}

/** The folder a file stands in, for messages. */
export function folderOf(path: string): string {
  return dirname(path) || '.';
}
