import { readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fakeL10n } from './fake-l10n.ts';
import { projectRoot } from './root.ts';

/**
 * What stands for the editor in tests without one: whatever the module `vscode` is asked for is
 * looked up here when it is used. It speaks English.
 */
export const editor: Record<string, unknown> = { l10n: fakeL10n() };
Object.assign(globalThis, { chainUpgradeTestEditor: editor });

let registered = false;

/** Lets the extension's modules be imported here; call it before the first `import()` of one. */
export function standInForEditor(): void {
  if (registered) return;
  registered = true;
  const stub = [...namesAsked()]
    .map(
      name => `export const ${name} = new Proxy(function () {}, {
    // Functions are looked up when they are called: a module may keep one before a test says what
    // it does.
    get: (_, key) => {
      const found = globalThis.chainUpgradeTestEditor.${name}?.[key];
      return found === undefined || typeof found === 'function' ? (...given) => globalThis.chainUpgradeTestEditor.${name}[key](...given) : found;
    },
    construct: (_, given) => new globalThis.chainUpgradeTestEditor.${name}(...given),
  });`,
    )
    .join('\n');
  const hook = `export const resolve = (name, context, next) => name === 'vscode'
    ? { url: 'data:text/javascript,' + encodeURIComponent(${JSON.stringify(stub)}), shortCircuit: true } : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

/**
 * Every name that the extension asks of the editor: a module has to export what another one
 * imports.
 */
export function namesAsked(): Set<string> {
  const dir = join(projectRoot, 'dist/extension');
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.js'),
  );
  return new Set(
    files.flatMap(file =>
      [
        ...readFileSync(join(dir, file), 'utf8').matchAll(/^import \{([^}]*)\} from 'vscode';$/gm),
      ].flatMap(([, names]) =>
        names!
          .split(',')
          .map(name => name.trim())
          .filter(Boolean),
      ),
    ),
  );
}
