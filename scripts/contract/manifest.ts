import type { House, Problem } from './house.ts';

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
export function readManifest(house: House): Manifest {
  return JSON.parse(house.read('package.json') ?? '{}') as Manifest;
}

/** Puts one part of `contributes` in place, or reports that it differs. */
export function deriveContribution(
  house: House,
  part: string,
  value: unknown,
  problem: Problem,
): void {
  const manifest = readManifest(house);
  const contributes = (manifest.contributes ?? {}) as Record<string, unknown>;
  // Compared as data, so that nobody has to mind the layout of package.json.
  if (JSON.stringify(contributes[part]) === JSON.stringify(value)) return;
  house.derive(
    'package.json',
    JSON.stringify({ ...manifest, contributes: { ...contributes, [part]: value } }, null, 2) + '\n',
    problem,
  );
}
