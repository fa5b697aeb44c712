import { Uri, workspace } from 'vscode';
import type { ExampleChain } from '../../host/example.ts';

/** The example chain that the extension carries. Throws where the installation is incomplete. */
export async function readExample(extension: Uri): Promise<ExampleChain> {
  const file = Uri.joinPath(extension, 'dist', 'example-chain.json');
  return JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file))) as ExampleChain;
}
