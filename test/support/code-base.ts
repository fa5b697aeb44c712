import assert from 'node:assert/strict';
import { Project } from 'ts-morph';
import type { Ensure } from '../../scripts/contract/code-base.ts';
import { codeBaseOf } from '../../scripts/contract/code-base.ts';

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>;

/** A package.json with these contributions of the extension. */
export function manifest(contributes: object, activationEvents: readonly string[] = []): string {
  return `${JSON.stringify({ name: 'x', activationEvents, contributes }, null, 2)}\n`;
}

/**
 * A code base in memory; called with true it writes what is derived. Only the settings are looked at
 * with their types, and need the library's.
 */
export function codeBaseWith(texts: Texts) {
  const skipLoadingLibFiles = !('extension/settings.ts' in texts);
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles,
    compilerOptions: { strict: true },
  });
  for (const [path, text] of Object.entries(texts)) {
    project.getFileSystem().writeFileSync(`/root/${path}`, text);
    if (path.endsWith('.ts')) project.addSourceFileAtPath(`/root/${path}`);
  }
  return (write: boolean) => codeBaseOf(project, '/root', Object.keys(texts), write);
}

/** What a check finds, as `file:line: message`. */
export async function run(
  ensure: Ensure,
  codeBase: ReturnType<ReturnType<typeof codeBaseWith>>,
): Promise<string[]> {
  const findings: string[] = [];
  await ensure(codeBase, (file, line, message) => findings.push(`${file}:${line}: ${message}`));
  return findings;
}

/** The same in texts at hand, writing nothing. */
export function found(ensure: Ensure, texts: Texts): Promise<string[]> {
  return run(ensure, codeBaseWith(texts)(false));
}

/** Asserts that one of the findings matches. */
export function match(findings: readonly string[], expected: RegExp): void {
  assert.ok(
    findings.some(finding => expected.test(finding)),
    `expected ${expected}, found ${JSON.stringify(findings)}`,
  );
}
