import type { BaseOptions } from 'yeoman-generator';
import { mountTask } from '../../core/tasks/tasks.ts';
import { WritingGenerator } from '../writing.ts';

/**
 * `yo chain-upgrade:mount [module]`: mounts a module on the app. Yeoman runs the methods below as
 * its steps.
 */
export default class extends WritingGenerator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options, mountTask);
  }

  async prompting(): Promise<void> {
    await this.askAndPlan();
  }

  async writing(): Promise<void> {
    await this.write();
  }
}
