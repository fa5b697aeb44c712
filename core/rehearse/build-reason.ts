/**
 * Why Go did not build, in one line: a module or toolchain that could not be fetched, a package
 * that is not in the tree (generated code that was not generated), a C compiler or library that is
 * missing, else the first error of the compiler.
 */
export function buildReason(output: string): string {
  const lines = outputLines(output);
  const missing = firstMatch(lines, missingPackage);
  if (missing)
    return (
      `${missing[1]!} imports ${missing[2]!}, which is not in the tree: ` +
      'generate it, or add its module'
    );
  const module = notFetched(output);
  if (module !== undefined) return `Go could not fetch ${module}`;
  const toolchain = firstMatch(lines, /go\.mod requires go >= (\S+)|download (go1\.\S+)/);
  if (toolchain) return `it needs Go ${(toolchain[1] ?? toolchain[2])!}`;
  const compiler = firstMatch(lines, missingCompiler);
  if (compiler) return `it needs the C compiler ${compiler[1]!}`;
  return firstMatch(lines, compilerError)?.[1] ?? lines.at(-1) ?? 'the command said nothing';
}

const missingPackage =
  /^(\S+\.go:\d+)(?::\d+)?: (?:no required module provides package|package) (\S+?)(?:;| is not in std| provided by).*$/;
const missingCompiler = /exec: "(gcc|cc|clang|g\+\+)": executable file not found/;
const compilerError =
  /^(?!FAIL|exit status|make)(.*(?:\.go:\d+|undefined|error|cannot|not found).*)$/i;

/**
 * The module that Go could not fetch, as `path@version`; undefined where that is not what it says.
 */
export function notFetched(output: string): string | undefined {
  const lines = outputLines(output);
  const plain = firstMatch(lines, refusedModule);
  if (plain) return plain[1];
  const proxied = firstMatch(lines, refusedByProxy);
  return proxied && `${proxied[1]!}@${proxied[2]!}`;
}

const refusedModule =
  /^(?:go: |\S+\.go:\d+:\d+: )?(\S+@v[^\s:]+): (?:reading|verifying|invalid version|unrecognized|Get|unknown revision|.*\b(?:404|410|403|no such host|connection refused|terminal prompts disabled)\b).*$/;
const refusedByProxy = /(?:reading|Get) "?https?:\/\/[^/\s]+\/(\S+?)\/@v\/(\S+?)\.(?:mod|zip|info)/;

function outputLines(output: string): string[] {
  return output
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('#') && !line.startsWith('go: downloading '));
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  return lines.map(line => pattern.exec(line)).find(match => match !== null) ?? undefined;
}
