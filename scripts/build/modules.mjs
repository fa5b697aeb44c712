// The table of modules becomes a module of the engine, which knows no disk; Node 20 would print a
// warning for an import of JSON.
import { readFileSync } from 'node:fs';
import { writeGenerated } from './generated.mjs';

/** Writes the data of modules.json as TypeScript that is checked against its interface. */
export function embedModules(source, target) {
  const { $schema: _, ...data } = JSON.parse(readFileSync(source, 'utf8'));
  writeGenerated(
    target,
    `// Written by scripts/build.mjs from ${source}. Do not edit.\n` +
      "import type { ModuleFile } from './module-file.ts';\n\n" +
      `export const moduleFile: ModuleFile = ${JSON.stringify(data, null, 2)};\n`,
  );
}
