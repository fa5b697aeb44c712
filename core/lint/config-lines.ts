import type { Location } from '../go/source/location.ts';
import { locationOf } from '../go/source/location.ts';

/** A setting of a file that systemd, a shell or a container reads. */
export interface ConfigLine {
  readonly name: string;
  /** Without the quotes around it. */
  readonly value: string;
  readonly location: Location;
}

/**
 * The variables that a file sets whose names fit: `NAME=value` in environment files, `export` in
 * scripts, `Environment=` in units, `ENV` in containers, and `NAME: value` or `- NAME=value` in
 * YAML. Comments set nothing.
 */
export function variablesSet(path: string, text: string, names: RegExp): ConfigLine[] {
  const found: ConfigLine[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const setting =
      /^[ \t]*(?:export |ENV |Environment=|- )?["']?([A-Z][A-Z0-9_]+)(?:=|: |["']: )(.*)$/;
    const [, name = '', rest = ''] = setting.exec(line) ?? [];
    if (names.test(name)) {
      const at = start + line.indexOf(name);
      const value = rest
        .replace(/\s+#.*$/, '')
        .trim()
        .replace(/^["']|["']$/g, '');
      found.push({
        name,
        value,
        location: locationOf({ path, text }, { start: at, end: start + line.trimEnd().length }),
      });
    }
    start += line.length + 1;
  }
  return found;
}
