/** A binary whose hash is known. */
export interface HashedBinary {
  readonly platform: string;
  readonly url: string;
  /** Of what the URL gives. */
  readonly sha256: string;
  /** Of the binary itself; undefined for an archive that was not looked into. */
  readonly binary: string | undefined;
}

/** What was read for a manifest. */
export interface ManifestSources {
  readonly binaries: readonly HashedBinary[];
  /** The release that the URLs name, and its commit; null where that is not known. */
  readonly version: string | null;
  readonly commit: string | null;
  /** SHA-256 of manifest.json as it is written. */
  readonly hash: string;
}
