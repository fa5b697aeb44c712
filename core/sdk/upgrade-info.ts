/**
 * What is wrong with a plan's info, if anything. cosmovisor reads it as JSON,
 * `{"binaries":{"os/arch":"URL?checksum=…"}}`, or as a URL to such a document (sdk.md D.2, E).
 */
export function infoFault(info: string): string | undefined {
  const text = info.trim();
  if (/^https?:\/\/\S+$/.test(text)) return undefined;
  if (/^'.*'$/s.test(text))
    return 'UpgradeInfo stands in shell quotes; cosmovisor finds no JSON in it and downloads nothing';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'UpgradeInfo is neither JSON nor a URL; cosmovisor downloads nothing';
  }
  const binaries = (json as { binaries?: unknown } | null)?.binaries;
  if (typeof binaries !== 'object' || binaries === null || Object.keys(binaries).length === 0)
    return 'UpgradeInfo has no "binaries"; cosmovisor downloads nothing';
  for (const [platform, address] of Object.entries(binaries as Record<string, unknown>)) {
    if (!/^(any|\w+\/\w+)$/.test(platform))
      return `UpgradeInfo names the platform "${platform}"; cosmovisor looks for os/arch, such as linux/amd64, or any`;
    if (typeof address !== 'string' || !URL.canParse(address))
      return `the address of ${platform} in UpgradeInfo is no URL; cosmovisor cannot download it`;
    const checksum = new URL(address).searchParams.get('checksum');
    if (checksum === null)
      return `the URL of ${platform} in UpgradeInfo has no checksum; cosmovisor refuses it where checksums are asked for, and takes any file where they are not`;
    if (!/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/i.test(checksum))
      return `the checksum of ${platform} in UpgradeInfo is not sha256:… with 64 hexadecimal digits, or sha512:… with 128; the download fails`;
  }
  return undefined;
}
