/** The editor's: who listens is told, until it stops listening. */
export class EventEmitter {
  private readonly listeners = new Set<(value: unknown) => unknown>();
  readonly event = (listener: (value: unknown) => unknown) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  /** How many listen. */
  get count(): number {
    return this.listeners.size;
  }

  fire(value?: unknown): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
