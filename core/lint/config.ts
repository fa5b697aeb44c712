import picomatch from 'picomatch';
import { configFile } from '../config-file.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Networks } from '../gov/networks.ts';
import { networksFault } from '../gov/networks.ts';
import { ruleNames } from './names.ts';
import type { Severity } from './rule.ts';

/** What `.chain-upgrade.json` says (and the editor's settings, which win over it). */
export interface Config {
  /** The git ref that the network runs. */
  readonly base?: string;
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of files that are not reported on, relative to the root. */
  readonly exclude?: readonly string[];
  /** The networks that proposals and operator files are made for, by chain id. */
  readonly networks?: Networks;
}

const severities = ['error', 'warning', 'info', 'off'];

/** Reads a configuration. An error is one line that says what to do. */
export function readConfig(text: string): Config | { readonly error: string } {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { error: `${configFile}: invalid JSON: ${(error as Error).message}` };
  }
  const fault = faultOf(json);
  return fault === undefined ? (json as Config) : { error: `${configFile}: ${fault}` };
}

/** The same settings from an editor. An error says what is wrong, not where they stand. */
export function checkedConfig(json: unknown): Config | { readonly error: string } {
  const fault = faultOf(json);
  return fault === undefined ? (json as Config) : { error: fault };
}

/** The configuration at a repository's root; an empty one where there is none. */
export function configIn(repo: Repo): Config | { readonly error: string } {
  const text = repo.texts.get(configFile);
  return text === undefined ? {} : readConfig(text);
}

/** What is wrong with a configuration; undefined where nothing is. */
function faultOf(json: unknown): string | undefined {
  if (!isRecord(json)) return 'write an object, such as { "rules": { "stale-added": "warning" } }';
  for (const [key, value] of Object.entries(json)) {
    const fault = faultOfSetting(key, value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOfSetting(key: string, value: unknown): string | undefined {
  switch (key) {
    case '$schema':
      return undefined;
    case 'base':
      return typeof value === 'string' ? undefined : '"base" has to be a git ref in quotes';
    case 'exclude':
      return isListOfTexts(value) ? undefined : '"exclude" has to be a list of globs in quotes';
    case 'rules':
      return faultOfRules(value);
    case 'networks':
      return networksFault(value);
    default:
      return `unknown setting "${key}"; the settings are base, rules, exclude and networks`;
  }
}

function faultOfRules(value: unknown): string | undefined {
  if (!isRecord(value)) return '"rules" has to be an object of rule names and severities';
  for (const [rule, severity] of Object.entries(value)) {
    if (!ruleNames.includes(rule))
      return `there is no rule ${rule}; chain-upgrade lint --list shows them`;
    if (!severities.includes(severity as string))
      return `${rule} has to be one of ${severities.join(', ')}`;
  }
  return undefined;
}

/** What the editor's settings say, over what the file says. */
export function mergeConfig(file: Config, over: Config): Config {
  const base = over.base ?? file.base;
  const exclude = [...(file.exclude ?? []), ...(over.exclude ?? [])];
  return {
    ...(base ? { base } : {}),
    rules: { ...file.rules, ...over.rules },
    ...(exclude.length > 0 ? { exclude } : {}),
  };
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

/** Whether a file is not to be reported on. */
export function isExcluded({ exclude }: Config, file: string): boolean {
  if (!exclude?.length) return false;
  return matcherOf(exclude)(file);
}

function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const known = matchers.get(globs);
  if (known) return known;
  const matches = picomatch([...globs], { dot: true });
  matchers.set(globs, matches);
  return matches;
}
