/** What Go takes for a system in the name of a file. */
const systems = new Set(
  (
    'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 ' +
    'solaris wasip1 windows zos'
  ).split(' '),
);

/** What Go takes for an architecture in the name of a file. */
const architectures = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 ' +
    'mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);

/**
 * What the name of a Go file says of the builds that take it in: the end of it that Go reads, such as
 * `_linux_amd64` or `_test`; `ignored` where none does, and empty where nothing is said.
 */
export function buildsOfName(file: string): string {
  if (/^[._]/.test(file)) return 'ignored';
  const test = file.endsWith('_test.go') ? '_test' : '';
  // Go reads up to the first dot, and leaves out what stands before the first underscore.
  const parts = file.replace(/\..*$/, '').split('_').slice(1);
  if (test !== '' && parts.at(-1) === 'test') parts.pop();
  const [system = '', last = ''] = ['', '', ...parts].slice(-2);
  if (architectures.has(last)) return `${systems.has(system) ? `_${system}` : ''}_${last}${test}`;
  return (systems.has(last) ? `_${last}` : '') + test;
}
