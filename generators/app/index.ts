import type { BaseOptions } from 'yeoman-generator';
import { newUpgrade } from '../../core/tasks/tasks.ts';
import { WritingGenerator } from '../writing.ts';

/**
 * `yo chain-upgrade [name]`: writes a new upgrade and wires it into the app. Yeoman runs the
 * methods below as its steps.
 */
export default class extends WritingGenerator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options, newUpgrade);
  }

  async prompting(): Promise<void> {
    await this.askAndPlan();
  }

  async writing(): Promise<void> {
    await this.write();
  }
}
