import picomatch from 'picomatch';
import type { Severity } from './rule.ts';

/** What `.chain-upgrade.json` says (and the editor's settings, which win over it). */
export interface Config {
  /** The git ref that the network runs. */
  readonly base?: string;
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of files that are not reported on, relative to the root. */
  readonly exclude?: readonly string[];
}

/** The configuration's name at the root. */
export const configFile = '.chain-upgrade.json';

const severities = ['error', 'warning', 'info', 'off'];

/** Reads a configuration. An error is one line that says what to do. */
export function readConfig(
  text: string,
  ruleNames: readonly string[],
): Config | { readonly error: string } {
  const wrong = (why: string) => ({ error: `${configFile}: ${why}` });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return wrong(`this is no JSON: ${(error as Error).message}`);
  }
  if (!isRecord(json))
    return wrong('write an object, such as { "rules": { "stale-added": "warning" } }');
  for (const [key, value] of Object.entries(json)) {
    switch (key) {
      case '$schema':
        break;
      case 'base':
        if (typeof value !== 'string') return wrong('"base" has to be a git ref in quotes');
        break;
      case 'exclude':
        if (!Array.isArray(value) || value.some(glob => typeof glob !== 'string'))
          return wrong('"exclude" has to be a list of globs in quotes');
        break;
      case 'rules':
        if (!isRecord(value))
          return wrong('"rules" has to be an object of rule names and severities');
        for (const [rule, severity] of Object.entries(value)) {
          if (!ruleNames.includes(rule))
            return wrong(`there is no rule ${rule}; chain-upgrade lint --list shows them`);
          if (!severities.includes(severity as string))
            return wrong(`${rule} has to be one of ${severities.join(', ')}`);
        }
        break;
      default:
        return wrong(`there is no setting "${key}"; base, rules and exclude can be set`);
    }
  }
  return json as Config;
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

/** Whether a file is not to be reported on. */
export function isExcluded({ exclude }: Config, file: string): boolean {
  if (!exclude?.length) return false;
  let matches = matchers.get(exclude);
  if (!matches) matchers.set(exclude, (matches = picomatch(exclude as string[], { dot: true })));
  return matches(file);
}
