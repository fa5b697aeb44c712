import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './root.ts';

const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** package.json with its texts in English, as VS Code has it. */
export function shownManifest(): unknown {
  const texts = JSON.parse(textOf('package.nls.json')) as Readonly<Record<string, string>>;
  return JSON.parse(textOf('package.json'), (_, value: unknown) => {
    const key = typeof value === 'string' ? /^%([\w.]+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : texts[key];
  });
}
