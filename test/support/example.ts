import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExampleChain } from '../../host/example.ts';
import { projectRoot } from './root.ts';

/** The example chain of the walkthrough, as the build bundled it. */
export function bundledExample(): ExampleChain {
  return JSON.parse(
    readFileSync(join(projectRoot, 'dist/example-chain.json'), 'utf8'),
  ) as ExampleChain;
}
