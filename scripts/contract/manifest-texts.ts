import type { CodeBase, Report } from './code-base.ts';
import { lineOf } from './code-base.ts';

/** The texts of package.json in English, by the keys that stand for them there. */
export const textsFile = 'package.nls.json';

/** Properties of package.json that VS Code shows; not its name, which stays, nor the category. */
const shown = [
  'title',
  'description',
  'markdownDescription',
  'markdownDeprecationMessage',
  'name',
  'contextualTitle',
  'contents',
  'altText',
];
/** Where these have another meaning: what a problem matcher is called by tasks. */
const notShown = ['problemMatchers'];
const product = 'Chain Upgrade';

/** The texts by key; none where there is no such file. */
export function readTexts(codeBase: CodeBase): Readonly<Record<string, string>> {
  return JSON.parse(codeBase.read(textsFile) ?? '{}') as Record<string, string>;
}

/** What VS Code shows for a value of package.json: a key between percent signs is looked up. */
export function shownText(texts: Readonly<Record<string, string>>, value: string): string {
  const key = keyIn(value);
  return key === undefined ? value : (texts[key] ?? value);
}

/** Puts texts in place whose keys have a prefix, and removes others of that prefix. */
export function deriveTexts(
  codeBase: CodeBase,
  prefix: string,
  derived: Readonly<Record<string, string>>,
  report: Report,
): void {
  const texts = readTexts(codeBase);
  const others = Object.entries(texts).filter(([key]) => !key.startsWith(prefix));
  const all = { ...Object.fromEntries(others), ...derived };
  if (JSON.stringify(texts) === JSON.stringify(all)) return;
  codeBase.derive(textsFile, `${JSON.stringify(all, null, 2)}\n`, report);
}

/**
 * What VS Code shows of package.json can be translated: it is a key of package.nls.json, every key
 * is there, and every one that is there is used.
 */
export function ensureManifestTexts(codeBase: CodeBase, report: Report): void {
  const text = codeBase.read('package.json') ?? '{}';
  const manifest = JSON.parse(text) as Record<string, unknown>;
  const texts = readTexts(codeBase);
  const used = new Set<string>();
  const at = (value: string, message: string) =>
    report('package.json', lineOf(text, JSON.stringify(value)), message);
  for (const part of ['contributes', 'capabilities'])
    for (const { name, value } of stringsIn(manifest[part], part)) {
      const key = keyIn(value);
      if (key !== undefined) {
        used.add(key);
        if (texts[key] === undefined) at(value, `${key} is not in ${textsFile}`);
      } else if (shown.includes(name) && value !== product)
        at(value, `${JSON.stringify(value)} is shown: put it into ${textsFile}, and its key here`);
    }
  const lines = codeBase.read(textsFile) ?? '';
  for (const key of Object.keys(texts))
    if (!used.has(key))
      report(textsFile, lineOf(lines, JSON.stringify(key)), `${key} is not in package.json`);
}

/** The key in a value such as `%view.name%`. */
function keyIn(value: string): string | undefined {
  return /^%([\w.]+)%$/.exec(value)?.[1];
}

/** The texts in data, each with the name of the property that has it. */
function stringsIn(data: unknown, name: string): { name: string; value: string }[] {
  if (typeof data === 'string') return [{ name, value: data }];
  if (Array.isArray(data)) return data.flatMap(item => stringsIn(item, name));
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    notShown.includes(key) ? [] : stringsIn(value, key),
  );
}
