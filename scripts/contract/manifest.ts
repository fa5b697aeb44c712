import type { CodeBase, Report } from './code-base.ts';

/** The parts of package.json that are derived or compared. */
export interface Manifest {
  name?: string;
  dependencies?: Readonly<Record<string, string>>;
  devDependencies?: Readonly<Record<string, string>>;
  activationEvents?: readonly string[];
  contributes?: {
    configuration?: unknown;
    commands?: readonly Contribution[];
    menus?: Readonly<Record<string, readonly { command?: string }[]>>;
    keybindings?: readonly { command?: string }[];
  };
}

/** A command as VS Code reads it. */
export interface Contribution {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

/** Reads package.json. */
export function readManifest(codeBase: CodeBase): Manifest {
  return JSON.parse(codeBase.read('package.json') ?? '{}') as Manifest;
}

/** Puts one part of `contributes` in place, or reports that it differs. */
export function deriveContribution(
  codeBase: CodeBase,
  part: string,
  value: unknown,
  report: Report,
): void {
  const manifest = readManifest(codeBase);
  const contributes = (manifest.contributes ?? {}) as Record<string, unknown>;
  // Compared as data, so that nobody has to mind the layout of package.json.
  if (JSON.stringify(contributes[part]) === JSON.stringify(value)) return;
  const changed = { ...manifest, contributes: { ...contributes, [part]: value } };
  codeBase.derive(
    'package.json',
    `${JSON.stringify(changed, null, 2)}
`,
    report,
  );
}
