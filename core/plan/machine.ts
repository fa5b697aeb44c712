/** What a plan may need of the machine; each is used only where an answer names it. */
export interface PlanMachine {
  /** Milliseconds since 1970. */
  now(): number;
  /** The text of a file, as the user names it. Throws `Refusal`. */
  readText(path: string): Promise<string>;
  /** A node by its REST address. Throws `Refusal` where that is no address. */
  node(address: string): NodePort;
  /** FileHashes a file; `daemon` is the binary that is looked for in an archive. Throws `Refusal`. */
  hashFile(path: string, daemon: string | undefined): Promise<FileHashes>;
  /** The same of what an address of http or https gives. Throws `Refusal`. */
  hashDownload(address: string, daemon: string | undefined): Promise<FileHashes>;
  /** The SHA-256 of a text, in hexadecimal. */
  sha256(text: string): string;
  /** The version of this program. */
  readonly version: string;
  /** Reads what oraivisor keeps in a node's home. Throws `Refusal` where it keeps nothing. */
  oraivisor(home: string): Promise<OraivisorHome>;
  /** The commit of a tag or branch of the repository; undefined where git does not know it. */
  commitOf(ref: string): Promise<string | undefined>;
}

/** SHA-256 of a file, in hexadecimal. */
export interface FileHashes {
  readonly sha256: string;
  /** Of the binary itself: the file's own, or of the one in the archive; undefined if not found. */
  readonly binary: string | undefined;
}

/** A node that is asked by REST. */
export interface NodePort {
  /** The address as it may be committed, without a path or a password. */
  readonly address: string;
  /**
   * The JSON under a path; undefined where the node answers that it does not serve it. Throws
   * `Refusal` where it cannot be asked.
   */
  ask(path: string): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** What oraivisor keeps in a node's home. */
export interface OraivisorHome {
  /** The home, absolute. */
  readonly home: string;
  /** What is in its folder, as deep as binaries are, without following links. */
  readonly entries: readonly TreeEntry[];
}

/** A file, folder or link. */
export interface TreeEntry {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Where a link leads. */
  readonly target?: string;
}
