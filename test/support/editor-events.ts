/** As much of the editor's as a terminal needs. */
export class EventEmitter {
  private readonly listeners: ((value: unknown) => void)[] = [];
  readonly event = (listener: (value: unknown) => void) => {
    this.listeners.push(listener);
  };
  fire(value: unknown): void {
    for (const listener of this.listeners) listener(value);
  }
}
