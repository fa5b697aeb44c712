import { isJsonObject } from '../../rehearse/checks/check.ts';
import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped } from '../check.ts';
import type { VersionRun } from '../facts.ts';
import { printable } from '../printable.ts';

/** V12. Only what was compared is run, and only where the user asks for it. */
export const binaryRuns: HomeCheck = {
  name: 'binary-runs',
  severity: 'error',
  summary: 'with --run: the new binary starts here, and is the version of the manifest',
  look({ run, options, binary, manifest }) {
    if (!options.run) return skipped('it was not asked for', 'add --run');
    if (run.is !== 'there')
      return skipped('only a binary whose checksum was compared is run: see binary-checksum');
    const { code } = run.value;
    const file = { file: binary.path };
    if (code !== 0) return failed(whyNot(run.value), repairOf(run.value), file);
    const said = versionIn(run.value.stdout);
    const wanted = manifest?.read;
    for (const name of ['version', 'commit'] as const) {
      const expected = wanted?.[name];
      if (expected === undefined || said === undefined) continue;
      if (bare(said[name]) !== bare(expected))
        return failed(
          `it says ${name} ${said[name] || 'nothing'}, the manifest has ${expected}`,
          'put the binary of that release in place',
          file,
        );
    }
    return passed(`it starts, and says version ${said?.version || 'nothing'}`, binary.path);
  },
};

/** What a binary of the SDK says of itself; undefined where it is no such JSON. */
export function versionIn(stdout: string): { version: string; commit: string } | undefined {
  try {
    const json: unknown = JSON.parse(stdout);
    if (!isJsonObject(json)) return undefined;
    const text = (value: unknown) => (typeof value === 'string' ? printable(value) : '');
    return { version: text(json['version']), commit: text(json['commit']) };
  } catch {
    return undefined;
  }
}

/** Makefiles leave the `v` of the tag out. */
function bare(version: string): string {
  return version.replace(/^v(?=\d)/, '');
}

function whyNot({ code, stderr }: VersionRun): string {
  if (code === undefined) return 'it did not say its version within 10 seconds';
  const words = stderr.trim().split('\n')[0] ?? '';
  return `it ended with ${code}: ${printable(words).slice(0, 200) || 'it said nothing'}`;
}

function repairOf({ stderr }: VersionRun): string {
  const [, library] = /error while loading shared libraries: ([^\s:]+)/.exec(stderr) ?? [];
  if (library !== undefined)
    return `install ${library} in the version that this release is built with (libwasmvm comes with wasmvm)`;
  if (/GLIBC_\d/.test(stderr))
    return 'it was built for a newer system: take the static build, or build it here';
  return 'ask the team for a build for this machine';
}
