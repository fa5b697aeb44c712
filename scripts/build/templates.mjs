// Templates become strings in the engine, so that it needs no disk and one bundle serves every
// front end.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { writeGenerated } from './generated.mjs';

/**
 * Writes every `.hbs` below `dir` into one module; `upgrade/handler.go.hbs` has the key
 * `upgrade/handler.go`.
 */
export function embedTemplates(dir, target) {
  const entries = hbsFiles(dir).map(file => {
    const key = relative(dir, file).split(sep).join('/').slice(0, -'.hbs'.length);
    return `  ${JSON.stringify(key)}: ${JSON.stringify(readFileSync(file, 'utf8'))},\n`;
  });
  const text =
    '// Written by scripts/build.mjs from templates/. Do not edit.\n' +
    `export const templates: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`;
  writeGenerated(target, text);
}

function hbsFiles(dir) {
  const entries = existsSync(dir) ? readdirSync(dir, { recursive: true, withFileTypes: true }) : [];
  return entries
    .filter(e => e.isFile() && e.name.endsWith('.hbs'))
    .map(e => join(e.parentPath, e.name))
    .sort();
}
