/**
 * Starts the extension once, in a process of its own as an editor does, and prints as JSON how many
 * milliseconds pass until it is active (loading its bundle, and `activate`), and until the engine,
 * which is loaded afterwards, is there, too. Reading a chain begins then. The editor is one that
 * answers everything with nothing.
 */
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { anything, anythingBut } from '../../test/support/any-editor.ts';
import { namesAsked } from '../../test/support/editor-stub.ts';
import { projectRoot } from '../../test/support/root.ts';

interface Extension {
  activate(context: object): Promise<void>;
  deactivate(): Promise<void>;
}

const own: Readonly<Record<string, unknown>> = {
  workspace: anythingBut({ getConfiguration: () => ({ get: () => false }) }),
};
const vscode = Object.fromEntries([...namesAsked()].map(name => [name, own[name] ?? anything()]));
const loader = Module as unknown as { _load(name: string, ...more: unknown[]): unknown };
const load = loader._load.bind(loader);
loader._load = (name, ...more) => (name === 'vscode' ? vscode : load(name, ...more));

const before = performance.now();
const { activate, deactivate } = createRequire(import.meta.url)(
  join(projectRoot, 'dist/extension.cjs'),
) as Extension;
await activate({
  subscriptions: [],
  extensionUri: anything(),
  extension: { packageJSON: { version: '0.0.0' } },
});
const activated = performance.now() - before;
// The engine was asked for before this, in the same way, and it is waited for to be ended.
await new Promise(resolve => setTimeout(resolve, 0));
await deactivate();
console.log(JSON.stringify({ activated, loaded: performance.now() - before }));
