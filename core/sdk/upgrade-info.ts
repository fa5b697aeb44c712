/** What is wrong with a plan's info, and what cosmovisor makes of it. */
export interface InfoFault {
  readonly message: string;
  readonly consequence: string;
  /** Whether all that is wrong is a checksum that is not there. */
  readonly onlyNoChecksum?: boolean;
}

/** A binary that a plan's info names. */
export interface InfoBinary {
  /** `os/arch`, or `any`. */
  readonly platform: string;
  readonly url: string;
  /** SHA-256 of what the URL gives, in hexadecimal. */
  readonly sha256: string;
}

/** A plan's info as cosmovisor reads it, every URL with its checksum in go-getter's form. */
export function infoOf(binaries: readonly InfoBinary[]): { binaries: Record<string, string> } {
  const entries = binaries.map(({ platform, url, sha256 }) => {
    const separator = url.includes('?') ? '&' : '?';
    return [platform, `${url}${separator}checksum=sha256:${sha256.toLowerCase()}`] as const;
  });
  return { binaries: Object.fromEntries(entries) };
}

const noDownload = 'cosmovisor downloads nothing';

/**
 * What is wrong with a plan's info, if anything. cosmovisor reads it as JSON,
 * `{"binaries":{"os/arch":"URL?checksum=…"}}`, or as a URL to such a document.
 */
export function infoFault(info: string): InfoFault | undefined {
  const text = info.trim();
  if (/^https?:\/\/\S+$/.test(text)) return undefined;
  if (/^'.*'$/s.test(text))
    return {
      message: 'UpgradeInfo is enclosed in shell quotes',
      consequence: 'cosmovisor finds no JSON in it and downloads nothing',
    };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { message: 'UpgradeInfo is neither JSON nor a URL', consequence: noDownload };
  }
  const binaries = (json as { binaries?: unknown } | null)?.binaries;
  if (typeof binaries !== 'object' || binaries === null || Object.keys(binaries).length === 0)
    return { message: 'UpgradeInfo has no "binaries"', consequence: noDownload };
  for (const [platform, address] of Object.entries(binaries as Record<string, unknown>)) {
    const fault = binaryFault(platform, address);
    if (fault) return fault;
  }
  return undefined;
}

/** What is wrong with one of its binaries, if anything. */
export function binaryFault(platform: string, address: unknown): InfoFault | undefined {
  if (!/^(any|\w+\/\w+)$/.test(platform))
    return {
      message: `UpgradeInfo names the platform "${platform}"`,
      consequence: 'cosmovisor looks for os/arch, such as linux/amd64, or any',
    };
  if (typeof address !== 'string' || !URL.canParse(address))
    return {
      message: `the address of ${platform} in UpgradeInfo is not a URL`,
      consequence: 'cosmovisor cannot download it',
    };
  const checksum = new URL(address).searchParams.get('checksum');
  if (checksum === null)
    return {
      message: `the URL of ${platform} in UpgradeInfo has no checksum`,
      consequence:
        'cosmovisor refuses it where checksums are required, ' +
        'and accepts any file where they are not',
      onlyNoChecksum: true,
    };
  if (/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/i.test(checksum)) return undefined;
  return {
    message:
      `the checksum of ${platform} in UpgradeInfo is not sha256:… with 64 hexadecimal digits, ` +
      'or sha512:… with 128',
    consequence: 'the download fails',
  };
}
