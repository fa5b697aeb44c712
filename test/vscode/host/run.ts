import type { Result } from './channel.ts';

/** One start of the editor: what it opens and which tests run in it. */
export interface Run {
  /** The project's folder, which is the extension. */
  readonly extension: string;
  /** A module that exports `run()`. */
  readonly tests: string;
  /** A folder, or a `.code-workspace` file. */
  readonly workspace: string;
  /** Environment variables for the tests. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the developer trusts the workspace. */
  readonly trusted: boolean;
  /** A folder for screenshots, where some are wanted. */
  readonly shots: string | undefined;
  readonly timeout: number;
}

/** An editor that can run tests. Throws with one line when the run did not come to its end. */
export type Host = (run: Run) => Promise<Result>;

/** Settings that tests rely on: nothing is saved, asked or shown by itself. */
export const settingsFor = ({ trusted }: Run) => ({
  'files.autoSave': 'off',
  'security.workspace.trust.enabled': !trusted,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  // Drawn as elements, which tests can read.
  'terminal.integrated.gpuAcceleration': 'off',
  'telemetry.telemetryLevel': 'off',
  // VS Code's git extension shares the process with the tests: a git that dies while it is written
  // to would fail them.
  'git.enabled': false,
});
