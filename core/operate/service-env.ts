import { Refusal } from '../refusal.ts';

/** What a file says of the environment that cosmovisor is started with. */
export interface ServiceEnvironment {
  readonly variables: ReadonlyMap<string, string>;
  /** Files that a unit takes further variables from; a leading `-` is left out. */
  readonly files: readonly string[];
}

/**
 * Reads such a file: an environment file of systemd, a unit (`.service`), or cosmovisor's own
 * `config.toml`. Throws one line where a line is none of its kind.
 */
export function readServiceFile(text: string, file: string): ServiceEnvironment {
  if (/\.service$/.test(file)) return readUnit(text);
  const isToml = /\.toml$/.test(file);
  const variables = new Map<string, string>();
  for (const [i, line] of joinedLines(text).entries()) {
    const entry = line.trim().replace(/^export\s+/, '');
    if (entry === '' || /^[#;[]/.test(entry)) continue;
    const [, name, value] = /^([A-Za-z_]\w*)\s*=\s*(.*)$/s.exec(entry) ?? [];
    if (name === undefined)
      throw new Refusal(
        `${file}:${i + 1} is no line NAME=VALUE: give an environment file, a .service unit, a ` +
          "config.toml of cosmovisor's, or the number of the process",
      );
    variables.set(isToml ? name.toUpperCase() : name, unquoted(value!));
  }
  return { variables, files: [] };
}

/** `Environment="A=1" B=2`, several times; `EnvironmentFile=`, read after them (systemd.exec(5)). */
function readUnit(text: string): ServiceEnvironment {
  const variables = new Map<string, string>();
  const files: string[] = [];
  for (const line of joinedLines(text)) {
    const [, directive, value = ''] =
      /^\s*(Environment|EnvironmentFile)\s*=(.*)$/s.exec(line) ?? [];
    if (directive === 'EnvironmentFile') files.push(unquoted(value.trim()).replace(/^-/, ''));
    if (directive !== 'Environment') continue;
    for (const [word] of value.matchAll(/"[^"]*"|'[^']*'|\S+/g)) {
      const [, name, given] = /^(\w+)=(.*)$/s.exec(unquoted(word)) ?? [];
      if (name !== undefined) variables.set(name, unquoted(given!));
    }
  }
  return { variables, files: files.filter(name => name !== '') };
}

/** Lines; one that ends with a backslash goes on with the next. */
function joinedLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/);
}

function unquoted(value: string): string {
  const text = value.trim();
  return /^("[^"]*"|'[^']*')$/.test(text) ? text.slice(1, -1) : text;
}
