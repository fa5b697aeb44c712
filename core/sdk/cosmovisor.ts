/**
 * The folder below `cosmovisor/upgrades` in which cosmovisor looks for the binary of a plan: its
 * name in lower case, escaped as Go's url.PathEscape does (cosmovisor 1.x: scanner.go makes the
 * name lower case, UpgradeDir in args.go escapes it). `recase` is false where
 * COSMOVISOR_DISABLE_RECASE is set.
 */
export function cosmovisorFolder(plan: string, recase = true): string {
  return encodeURIComponent(recase ? plan.toLowerCase() : plan)
    .replace(/%(?:24|26|2B|3A|3D|40)/g, decodeURIComponent)
    .replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
