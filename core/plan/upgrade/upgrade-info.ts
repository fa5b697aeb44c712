/**
 * The plan's info for `--binary os/arch=URL#sha256:HEX`: compact JSON without shell quotes, every
 * URL with its checksum in go-getter's form (docs/background/sdk.md#plan-info). An error is one
 * line that says what to write.
 */
export function upgradeInfo(
  binaries: readonly string[],
): { readonly json: string } | { readonly error: string } {
  const entries: Record<string, string> = {};
  for (const binary of binaries) {
    const match = /^([^=]+)=(.+)#sha256:([^#]*)$/.exec(binary);
    if (!match) return { error: `"${binary}" is no binary; write os/arch=URL#sha256:HEX` };
    const [, platform, address, hex] = match as unknown as [string, string, string, string];
    if (!/^(any|(linux|darwin|windows|freebsd)\/(amd64|arm64|386|arm|riscv64))$/.test(platform))
      return { error: `"${platform}" is no platform; write linux/amd64, darwin/arm64, … or any` };
    if (!/^[0-9a-f]{64}$/i.test(hex))
      return {
        error: `the sha256 of ${platform} has ${hex.length} characters; 64 hexadecimal digits are needed`,
      };
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      return { error: `"${address}" is no URL; write https://…` };
    }
    if (!/^https?:$/.test(url.protocol))
      return { error: `"${address}" is no http address; cosmovisor could not fetch it` };
    if (url.searchParams.has('checksum'))
      return {
        error: `the URL of ${platform} has a checksum already; give it only behind #sha256:`,
      };
    if (/[\s'"`\\]/.test(address))
      return { error: `the URL of ${platform} holds a blank or quote` };
    if (entries[platform] !== undefined) return { error: `${platform} is given twice` };
    entries[platform] = `${address}${url.search ? '&' : '?'}checksum=sha256:${hex.toLowerCase()}`;
  }
  return { json: JSON.stringify({ binaries: entries }) };
}
