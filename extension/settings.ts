import type { Uri } from 'vscode';
import { workspace } from 'vscode';
import type { Config } from '../core/lint/config.ts';

/**
 * Settings of the extension: each is `chainUpgrade.<name>` in settings.json. The manifest's part is
 * derived from this interface.
 */
export interface Settings {
  /**
   * The git tag, branch or commit the network runs now. What changed since then tells which stores
   * an upgrade adds or deletes. Empty: the newest release tag before the current commit.
   *
   * @scope resource
   * @default ""
   */
  readonly base: string;
  /**
   * Whether chains are linted while they are edited.
   *
   * @scope window
   * @default true
   */
  readonly lint: boolean;
  /**
   * Whether lines above upgrades, their handlers and stores, and module versions say where these
   * stand, such as `upgrade "v3" · pending · adds ledger`.
   *
   * @scope window
   * @default true
   */
  readonly codeLens: boolean;
  /**
   * Severities of rules by name: `error`, `warning`, `info` or `off`. They win over
   * `.chain-upgrade.json`.
   *
   * @scope resource
   * @default {}
   */
  readonly rules: Readonly<Record<string, 'error' | 'warning' | 'info' | 'off'>>;
  /**
   * Globs of files that are not reported on, relative to the repository; besides those of
   * `.chain-upgrade.json`.
   *
   * @scope resource
   * @default []
   */
  readonly exclude: readonly string[];
}

/** The settings that hold for a file or folder. */
export function settingsFor(resource: Uri): Settings {
  const values = workspace.getConfiguration('chainUpgrade', resource);
  return {
    base: values.get<string>('base', '').trim(),
    lint: values.get<boolean>('lint', true),
    codeLens: values.get<boolean>('codeLens', true),
    rules: values.get<Settings['rules']>('rules', {}),
    exclude: values.get<readonly string[]>('exclude', []),
  };
}

/** The settings' part of the rules' configuration. */
export function lintSettings(resource: Uri): Config {
  const { base, rules, exclude } = settingsFor(resource);
  return { ...(base ? { base } : {}), rules, ...(exclude.length > 0 ? { exclude } : {}) };
}
