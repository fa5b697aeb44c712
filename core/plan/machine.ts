/** What a plan may need of the machine; each is used only where an answer names it. */
export interface PlanMachine {
  /** Milliseconds since 1970. */
  now(): number;
  /** The text of a file, as the user names it. Throws `Refusal`. */
  readText(path: string): Promise<string>;
  /** A node by its REST address. Throws `Refusal` where that is no address. */
  node(address: string): NodePort;
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
