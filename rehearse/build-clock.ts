import type { BuildProgress } from '../core/rehearse/build-progress.ts';
import { buildBegins, progressAfter, progressText } from '../core/rehearse/build-progress.ts';

/** Milliseconds between two signs of life. */
const usualPause = 10_000;

/** Says how far a build is, every now and then until it is stopped. */
export class BuildClock {
  private readonly timer: NodeJS.Timeout;
  private progress: BuildProgress = buildBegins;

  constructor(say: (text: string) => void, pause = usualPause) {
    this.timer = setInterval(() => say(progressText(this.progress)), pause);
  }

  /** Takes a line of Go's output. */
  readonly hear = (line: string): void => {
    this.progress = progressAfter(this.progress, line);
  };

  /** So many packages are still to be compiled. */
  expect(packages: number): void {
    this.progress = { ...this.progress, total: this.progress.compiled + packages };
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
