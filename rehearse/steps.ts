import type { RehearsalStep } from '../core/rehearse/result.ts';

/** Hears of each step as it begins and ends. */
export interface Listener {
  begins(step: string): void;
  /** How far a step is that takes long, now and then. */
  goesOn(step: string, text: string, at: number): void;
  /** `at`: milliseconds since the rehearsal began. */
  ends(step: RehearsalStep, at: number, remark: string): void;
}

/** The steps of a rehearsal and the time they take. */
export class Steps {
  readonly done: RehearsalStep[] = [];
  private readonly began = Date.now();
  private readonly listener: Listener;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  /** Says how far the present step is. */
  goesOn(step: string, text: string): void {
    this.listener.goesOn(step, text, Date.now() - this.began);
  }

  /** Runs a step; `remark` says in a few words what came of it. */
  async run<T>(
    name: string,
    work: () => Promise<T>,
    remark: (result: T) => string = () => '',
  ): Promise<T> {
    const began = Date.now();
    const end = (ok: boolean, text: string) => {
      const step = { name, ms: Date.now() - began, ok };
      this.done.push(step);
      this.listener.ends(step, Date.now() - this.began, text);
    };
    this.listener.begins(name);
    try {
      const result = await work();
      end(true, remark(result));
      return result;
    } catch (error) {
      end(false, error instanceof Error && error.name === 'AbortError' ? 'stopped' : 'failed');
      throw error;
    }
  }
}
