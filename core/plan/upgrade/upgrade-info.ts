import type { InfoBinary } from '../../sdk/upgrade-info.ts';
import { infoOf } from '../../sdk/upgrade-info.ts';

type Info = { readonly json: string } | { readonly error: string };

/**
 * The plan's info for `--binary os/arch=URL#sha256:HEX`: compact JSON without shell quotes, every
 * URL with its checksum in go-getter's form (docs/background/sdk.md#plan-info). An error is one
 * line that says what to write.
 */
export function upgradeInfo(binaries: readonly string[]): Info {
  const entries: InfoBinary[] = [];
  for (const text of binaries) {
    const binary = readBinary(text);
    if ('error' in binary) return binary;
    const { platform } = binary;
    if (entries.some(entry => entry.platform === platform))
      return { error: `${platform} is given twice; give it once` };
    entries.push(binary);
  }
  return { json: JSON.stringify(infoOf(entries)) };
}

/** The platforms that cosmovisor may look for. */
export const platforms = /^(any|(linux|darwin|windows|freebsd)\/(amd64|arm64|386|arm|riscv64))$/;

/** Reads one binary. */
function readBinary(text: string): InfoBinary | { readonly error: string } {
  const [, platform, address, hex] = /^([^=]+)=(.+)#sha256:([^#]*)$/.exec(text) ?? [];
  if (platform === undefined || address === undefined || hex === undefined)
    return { error: `invalid binary "${text}"; write os/arch=URL#sha256:HEX` };
  if (!platforms.test(platform))
    return { error: `unknown platform "${platform}"; write linux/amd64, darwin/arm64, … or any` };
  if (!/^[0-9a-f]{64}$/i.test(hex))
    return {
      error:
        `the sha256 of ${platform} has ${hex.length} characters; ` +
        '64 hexadecimal digits are needed',
    };
  const url = parseUrl(address);
  if (!url) return { error: `invalid URL "${address}"; write https://…` };
  if (!/^https?:$/.test(url.protocol))
    return { error: `"${address}" is not an http(s) URL; cosmovisor could not fetch it` };
  if (url.searchParams.has('checksum'))
    return {
      error: `the URL of ${platform} has a checksum already; give it only behind #sha256:`,
    };
  if (/[\s'"`\\]/.test(address))
    return { error: `the URL of ${platform} contains a space, a quote or a backslash; escape it` };
  return { platform, url: address, sha256: hex };
}

function parseUrl(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
