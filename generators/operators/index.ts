import type { BaseOptions } from 'yeoman-generator';
import { newOperatorFiles } from '../../core/tasks/tasks.ts';
import { WritingGenerator } from '../writing.ts';

/**
 * `yo chain-upgrade:operators [name]`: writes what operators need of an upgrade. Yeoman runs the
 * methods below as its steps.
 */
export default class extends WritingGenerator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options, newOperatorFiles);
  }

  async prompting(): Promise<void> {
    await this.askAndPlan();
  }

  async writing(): Promise<void> {
    await this.write();
  }
}
