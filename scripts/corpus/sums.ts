/** What was linted and found in all. */
export class Sums {
  crashes = 0;
  private linted = 0;
  private compared = 0;
  private withoutApp = 0;
  private readonly seen = new Set<string>();
  private readonly found = new Map<string, number>();

  count(base: string | undefined, apps: number): void {
    this.linted++;
    if (base !== undefined) this.compared++;
    if (apps === 0) this.withoutApp++;
  }

  /** Whether a finding was not counted before; counts it then. */
  isNew(severity: string, key: string): boolean {
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    this.found.set(severity, (this.found.get(severity) ?? 0) + 1);
    return true;
  }

  text(): string {
    const of = (severity: string) => this.found.get(severity) ?? 0;
    return (
      `${this.linted} commits linted, ${this.compared} against a release, ` +
      `${this.withoutApp} without an app, ${this.crashes} crashes; ` +
      `${of('error')} errors, ${of('warning')} warnings`
    );
  }
}
