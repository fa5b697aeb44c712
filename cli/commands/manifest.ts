import { newManifest } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade manifest NAME`: writes the binaries of an upgrade with their checksums. */
export const manifestCommand = writingCommand(
  {
    name: 'manifest',
    summary: "write an upgrade's manifest.json: its binaries, with checksums",
    examples: [
      'manifest v2 --binary any=https://x.org/d',
      'manifest v2 --file linux/amd64=build/d.tgz',
    ],
  },
  newManifest,
);
