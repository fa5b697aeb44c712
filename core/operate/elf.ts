/** What a file is by its first bytes. */
export type FileForm =
  /** A program; `arch` as Go names it, or the number that the file gives. */
  | { readonly is: 'program'; readonly os: 'linux' | 'darwin'; readonly arch: string }
  /** A program for several processors (macOS). */
  | { readonly is: 'universal' }
  /** Something else, in words. */
  | { readonly is: 'other'; readonly what: string };

/** How many bytes of a file are looked at. */
export const headLength = 64;

/** Processors by e_machine (ELF specification) as Go names them. */
const elfMachines: Readonly<Record<number, string>> = {
  3: '386',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
};

/** Processors by cputype (mach/machine.h). */
const machMachines: Readonly<Record<number, string>> = {
  16777223: 'amd64',
  16777228: 'arm64',
};

/** What is often found where a program should be, by how its text begins. */
const texts: readonly (readonly [begins: RegExp, what: string])[] = [
  [/^#!/, 'a script'],
  [/^\s*<(!doctype|html|\?xml)/i, 'a web page, such as the error page of a download'],
  [/^version https:\/\/git-lfs/, 'a pointer of Git LFS'],
];

/** The same, by its first bytes in hexadecimal. */
const bytes: Readonly<Record<string, string>> = {
  '504b': 'a zip archive',
  '1f8b': 'a gzip archive',
  '28b52ffd': 'a zstd archive',
  fd377a58: 'an xz archive',
  '425a68': 'a bzip2 archive',
  '4d5a': 'a program for Windows',
};

/** What a file is, by its first bytes. */
export function fileForm(head: Uint8Array): FileForm {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (head.length === 0) return { is: 'other', what: 'an empty file' };
  if (head.length >= 20 && view.getUint32(0) === 0x7f454c46) return elf(view);
  if (head.length >= 8 && view.getUint32(0) === 0xcffaedfe) {
    const cpu = view.getUint32(4, true);
    return { is: 'program', os: 'darwin', arch: machMachines[cpu] ?? `processor ${cpu}` };
  }
  if (head.length >= 8 && view.getUint32(0) === 0xcafebabe) return { is: 'universal' };
  return { is: 'other', what: whatBegins(head) ?? 'no program that is known here' };
}

function whatBegins(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head);
  const hex = [...head].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const known = Object.entries(bytes).find(([begins]) => hex.startsWith(begins));
  return known?.[1] ?? texts.find(([begins]) => begins.test(text))?.[1];
}

/** Class (32 or 64 bits) and byte order stand before the processor. */
function elf(view: DataView): FileForm {
  const machine = view.getUint16(18, view.getUint8(5) === 1);
  const is64 = view.getUint8(4) === 2;
  const arch = elfMachines[machine] ?? `processor ${machine}`;
  const wide = ['amd64', 'arm64', 'riscv64'].includes(arch);
  return { is: 'program', os: 'linux', arch: wide && !is64 ? `32-bit ${arch}` : arch };
}
