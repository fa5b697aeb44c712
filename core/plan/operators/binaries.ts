import { Refusal } from '../../refusal.ts';
import type { Answers } from '../question.ts';
import { platforms } from '../upgrade/upgrade-info.ts';

/** A binary that a plan names: for which platform, and from where. */
export interface NamedBinary {
  readonly platform: string;
  readonly url: string;
  /** SHA-256 of what the URL gives, where it was given. */
  readonly sha256: string | undefined;
  /** The local file that the URL gives. */
  readonly file: string | undefined;
}

/** What cosmovisor unpacks (go-getter): the URL's checksum is then of the archive. */
export const archiveEnding =
  /\.(zip|tar|tar\.gz|tgz|tar\.bz2|tbz2|tar\.xz|txz|tar\.zst|gz|bz2|xz|zst)$/i;

/** Whether a URL gives an archive, rather than the binary. */
export function isArchive(url: string): boolean {
  const { pathname, searchParams } = new URL(url);
  return archiveEnding.test(pathname) || searchParams.has('archive');
}

/** Reads `--binary os/arch=URL[#sha256:HEX]` and `--file os/arch=PATH`. Throws `Refusal`. */
export function namedBinaries(answers: Answers): readonly NamedBinary[] {
  const files = new Map<string, string>();
  for (const text of textsOf(answers, 'file')) {
    const [platform, path] = platformOf(text, 'file', 'os/arch=PATH');
    if (files.has(platform)) throw new Refusal(`--file is given twice for ${platform}`);
    files.set(platform, path);
  }
  const binaries = textsOf(answers, 'binary').map(text => {
    const [platform, place] = platformOf(text, 'binary', 'os/arch=URL');
    const [, url = '', hex] = /^(.*?)(?:#sha256:([^#]*))?$/s.exec(place) ?? [];
    return { platform, url: checkedUrl(url, platform), sha256: checkedHash(hex, platform) };
  });
  const [none] = binaries;
  if (!none)
    throw new Refusal(
      'the manifest needs binaries; give each with --binary os/arch=URL#sha256:HEX',
    );
  const seen = new Set<string>();
  for (const { platform } of binaries) {
    if (seen.has(platform)) throw new Refusal(`--binary is given twice for ${platform}`);
    seen.add(platform);
  }
  for (const platform of files.keys()) {
    if (!seen.has(platform))
      throw new Refusal(`--file is given for ${platform}, which no --binary names`);
  }
  return binaries.map(binary => ({ ...binary, file: files.get(binary.platform) }));
}

/** The texts of a repeated option; a wizard gives them as one, separated by blanks. */
function textsOf(answers: Answers, id: string): string[] {
  return [answers[id] ?? []]
    .flat()
    .filter((text): text is string => typeof text === 'string')
    .flatMap(text => text.split(/\s+(?=\w+\/\w+=|any=)/))
    .map(text => text.trim())
    .filter(text => text !== '');
}

function platformOf(text: string, option: string, form: string): [string, string] {
  const at = text.indexOf('=');
  const platform = text.slice(0, Math.max(at, 0));
  if (at < 1 || at === text.length - 1)
    throw new Refusal(`invalid --${option} "${text}"; write ${form}`);
  if (!platforms.test(platform))
    throw new Refusal(`unknown platform "${platform}"; write linux/amd64, darwin/arm64, … or any`);
  return [platform, text.slice(at + 1)];
}

function checkedUrl(text: string, platform: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || /[\s'"`\\]/.test(text))
    throw new Refusal(`the URL of ${platform} has to be one of http or https, such as https://…`);
  if (url.username || url.password)
    throw new Refusal(`the URL of ${platform} has a password, which everybody would read`);
  if (url.searchParams.has('checksum'))
    throw new Refusal(
      `the URL of ${platform} has a checksum already; give it only behind #sha256:`,
    );
  return text;
}

function checkedHash(hex: string | undefined, platform: string): string | undefined {
  if (hex === undefined) return undefined;
  if (/^[0-9a-f]{64}$/i.test(hex)) return hex.toLowerCase();
  throw new Refusal(`the sha256 of ${platform} has to be 64 hexadecimal digits`);
}
