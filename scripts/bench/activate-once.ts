/**
 * Starts the extension once, in a process of its own as an editor does, and prints how many
 * milliseconds pass until it is active: loading its bundle, and `activate`. Reading a chain begins
 * afterwards. The editor is one that answers everything with nothing.
 */
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { anything, anythingBut } from '../../test/support/any-editor.ts';
import { namesAsked } from '../../test/support/editor-stub.ts';
import { projectRoot } from '../../test/support/root.ts';

interface Extension {
  activate(context: object): Promise<void>;
}

const own: Readonly<Record<string, unknown>> = {
  workspace: anythingBut({ getConfiguration: () => ({ get: () => false }) }),
};
const vscode = Object.fromEntries([...namesAsked()].map(name => [name, own[name] ?? anything()]));
const loader = Module as unknown as { _load(name: string, ...more: unknown[]): unknown };
const load = loader._load.bind(loader);
loader._load = (name, ...more) => (name === 'vscode' ? vscode : load(name, ...more));

const before = performance.now();
const { activate } = createRequire(import.meta.url)(
  join(projectRoot, 'dist/extension.cjs'),
) as Extension;
await activate({
  subscriptions: [],
  extensionUri: anything(),
  extension: { packageJSON: { version: '0.0.0' } },
});
console.log(performance.now() - before);
