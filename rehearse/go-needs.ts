import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { GoMod } from '../core/go/repo/gomod.ts';
import { readGoMod } from '../core/go/repo/gomod.ts';
import { plural } from '../core/plural.ts';
import { toolchainOf, toolchainSetting, whyTooOld } from '../core/rehearse/toolchain.ts';
import type { Go } from '../host/go.ts';
import type { Rehearsed } from './rehearsal-input.ts';

/** Where Go is had from. */
export const goSite = 'https://go.dev/dl/';

/** Why the Go that builds these modules is too old for their go.mod; undefined where it is not. */
export function tooOldFor(
  gomods: readonly string[],
  go: Pick<Go, 'version'>,
  setting = process.env['GOTOOLCHAIN'],
): string | undefined {
  return gomods.map(text => whyTooOld(setting, go.version, text)).find(Boolean);
}

/**
 * What a rehearsal takes of Go and what Go fetches for it, a sentence each, for a person to agree
 * to: modules are counted that the go.mod of either version names and this machine does not have; a
 * build may need fewer.
 */
export function goLines(
  go: Go,
  { old, now }: Pick<Rehearsed, 'old' | 'now'>,
  setting = process.env['GOTOOLCHAIN'],
): string[] {
  const gomods = [...new Set([old.gomod, now.gomod])];
  const all = new Set(gomods.flatMap(text => zipsOf(readGoMod('', text))));
  const missing = [...all].filter(zip => !existsSync(join(go.modules, 'cache/download', zip)));
  const tooOld = tooOldFor(gomods, go, setting);
  const toolchains = gomods.flatMap(text => toolchainLine(go, text, setting) ?? []);
  return [
    `Runs git and Go (${go.version || 'of an unknown version'}) for that.`,
    modulesLine(missing.length, all.size, go),
    ...(tooOld === undefined ? [] : [`${tooOld}: install a newer one from ${goSite}.`]),
    ...new Set(toolchains),
  ];
}

function modulesLine(missing: number, all: number, go: Go): string {
  if (go.modules === '') return 'Which Go modules are missing on this machine is not known.';
  if (missing === 0) return 'Every module that go.mod names is on this machine.';
  const are = missing === 1 ? 'is' : 'are';
  const some = `Of the ${plural(all, 'module')} that go.mod names ${missing} ${are} not on this machine`;
  const places = placesOf(go.proxy, 'their own repositories');
  if (places === undefined) return `${some}, and GOPROXY is off: Go cannot fetch them.`;
  const own = go.noProxy === '' ? '' : ` (${go.noProxy}: from their own repositories)`;
  return `${some}; Go fetches those that it needs from ${places}${own}.`;
}

/** Where Go fetches from, by GOPROXY; undefined where it fetches nothing. */
function placesOf(proxy: string, direct: string): string | undefined {
  const entries = (proxy || 'direct').split(/[,|]/).map(entry => entry.trim());
  const end = entries.indexOf('off');
  const tried = end < 0 ? entries : entries.slice(0, end);
  if (tried.length === 0) return undefined;
  // Go shows no password of a proxy either.
  const words = tried.map(entry =>
    entry === 'direct' ? direct : entry.replace(/\/\/[^/@]*@/, '//'),
  );
  return words.join(', else from ');
}

/** The archives of a module's requirements, below the folder of what Go fetched. */
function zipsOf({ require, replace }: GoMod): string[] {
  return [...require].flatMap(([path, version]) => {
    const other = replace.find(
      r => r.from === path && (r.version === undefined || r.version === version),
    );
    // A module that a folder replaces is not fetched.
    if (other?.toVersion === undefined && other) return [];
    return [`${escaped(other?.to ?? path)}/@v/${escaped(other?.toVersion ?? version)}.zip`];
  });
}

/** File systems may not tell capitals from small letters (https://go.dev/ref/mod#module-cache). */
function escaped(text: string): string {
  return text.replace(/[A-Z]/g, letter => `!${letter.toLowerCase()}`);
}

/** What is said of a toolchain that a build takes and that is not here; undefined where it is. */
function toolchainLine(go: Go, gomod: string, given: string | undefined): string | undefined {
  const { setting, runs, isAtHand, mayFetch } = toolchainSetting(given, go.version, gomod);
  if (isAtHand || isOnPath(runs)) return undefined;
  if (!mayFetch)
    return `The toolchain ${runs} is not on the PATH, and GOTOOLCHAIN is ${setting}: Go fetches none.`;
  if (isFetched(go, runs)) return undefined;
  const places = placesOf(go.proxy, 'golang.org');
  const why = runs === toolchainOf(gomod) ? 'go.mod asks for' : 'GOTOOLCHAIN names';
  if (places !== undefined)
    return `Go fetches the toolchain ${runs}, which ${why}, from ${places}.`;
  const none = `The toolchain ${runs}, which ${why}, is not on this machine, and GOPROXY is off`;
  const isReplaced = !given && whyTooOld('local', go.version, gomod) === undefined;
  return isReplaced
    ? `${none}: ${go.version} builds in its place.`
    : `${none}: Go cannot fetch it.`;
}

function isFetched({ modules }: Go, toolchain: string): boolean {
  if (modules === '') return false;
  const start = `toolchain@v0.0.1-${toolchain}.`;
  return namesIn(join(modules, 'golang.org')).some(name => name.startsWith(start));
}

/** Whether there is a program of that name, which Go then runs. */
function isOnPath(toolchain: string): boolean {
  const name = process.platform === 'win32' ? `${toolchain}.exe` : toolchain;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.some(folder => existsSync(join(folder, name)));
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
