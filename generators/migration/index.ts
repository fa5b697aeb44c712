import type { BaseOptions } from 'yeoman-generator';
import { newMigration } from '../../core/tasks/tasks.ts';
import { WritingGenerator } from '../writing.ts';

/**
 * `yo chain-upgrade:migration [module]`: raises a module's version and registers its migration.
 * Yeoman runs the methods below as its steps.
 */
export default class extends WritingGenerator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options, newMigration);
  }

  async prompting(): Promise<void> {
    await this.askAndPlan();
  }

  async writing(): Promise<void> {
    await this.write();
  }
}
