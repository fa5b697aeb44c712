import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GoMod } from '../core/go/repo/gomod.ts';
import { readGoMod } from '../core/go/repo/gomod.ts';
import { plural } from '../core/plural.ts';
import { toolchainOf, whyTooOld, willDo } from '../core/rehearse/toolchain.ts';
import type { Go } from '../host/go.ts';
import type { Rehearsed } from './rehearsal-input.ts';

/** Where Go is had from. */
export const goSite = 'https://go.dev/dl/';

/** Why a Go will hardly build these modules, by their go.mod; undefined where nothing says so. */
export function tooOldFor(
  gomods: readonly string[],
  go: Go,
  setting = process.env['GOTOOLCHAIN'],
): string | undefined {
  return gomods
    .map(text => readGoMod('', text).go)
    .map(line => line && whyTooOld(go.version, `go${line}`, setting))
    .find(Boolean);
}

/**
 * What a rehearsal runs and what Go fetches for it, for a person to agree to: modules are counted
 * that the go.mod of either version names and this machine does not have; a build may need fewer.
 */
export function goLines(go: Go, { old, now }: Pick<Rehearsed, 'old' | 'now'>): string[] {
  const gomods = [...new Set([old.gomod, now.gomod])];
  const all = new Set(gomods.flatMap(text => zipsOf(readGoMod('', text))));
  const missing = [...all].filter(zip => !existsSync(join(go.modules, 'cache/download', zip)));
  const toolchains = [...new Set(gomods.flatMap(text => toolchainToFetch(go, text) ?? []))];
  const tooOld = tooOldFor(gomods, go);
  return [
    `Runs git, Go (${go.version || 'of an unknown version'}) and ${now.daemon.name}.`,
    fetchText(missing.length, all.size, go),
    ...(tooOld === undefined ? [] : [`${tooOld}: install a newer one from ${goSite}.`]),
    ...toolchains.map(name => `Go fetches the toolchain ${name}, which go.mod asks for.`),
  ];
}

function fetchText(missing: number, all: number, { modules: folder, proxy }: Go): string {
  if (folder === '') return 'Which Go modules are missing on this machine is not known.';
  const modules = plural(all, 'module');
  if (missing === 0) return `Of ${modules} in go.mod all are on this machine.`;
  const are = missing === 1 ? 'is' : 'are';
  const some = `Of ${modules} in go.mod ${missing} ${are} not on this machine`;
  if (proxy === 'off') return `${some}, and GOPROXY is off: Go cannot fetch them.`;
  return `${some}; Go fetches those that it needs from ${proxy || 'where they are'}.`;
}

/** The archives of a module's requirements, below the folder of what Go fetched. */
function zipsOf({ require, replace }: GoMod): string[] {
  return [...require].flatMap(([path, version]) => {
    const other = replace.find(
      r => r.from === path && (r.version === undefined || r.version === version),
    );
    // Another folder of the disk is not fetched.
    if (other?.toVersion === undefined && other) return [];
    return [`${escaped(other?.to ?? path)}/@v/${escaped(other?.toVersion ?? version)}.zip`];
  });
}

/** File systems may not tell capitals from small letters (https://go.dev/ref/mod#module-cache). */
function escaped(text: string): string {
  return text.replace(/[A-Z]/g, letter => `!${letter.toLowerCase()}`);
}

/** The toolchain that a build would fetch, where GOTOOLCHAIN does not say otherwise. */
function toolchainToFetch(go: Go, gomod: string): string | undefined {
  const wanted = toolchainOf(gomod);
  const keeps = process.env['GOTOOLCHAIN'] || whyTooOld(go.version, wanted ?? '', undefined);
  if (keeps || !wanted || willDo(go.version, wanted)) return undefined;
  return namesIn(join(go.modules, 'golang.org')).some(name =>
    name.startsWith(`toolchain@v0.0.1-${wanted}.`),
  )
    ? undefined
    : wanted;
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
