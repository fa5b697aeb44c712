import type { BaseOptions } from 'yeoman-generator';
import { newGuard } from '../../core/tasks/tasks.ts';
import { WritingGenerator } from '../writing.ts';

/**
 * `yo chain-upgrade:guard`: has the daemon compare its app version with that of the state when it
 * starts. Yeoman runs the methods below as its steps.
 */
export default class extends WritingGenerator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options, newGuard);
  }

  async prompting(): Promise<void> {
    await this.askAndPlan();
  }

  async writing(): Promise<void> {
    await this.write();
  }
}
