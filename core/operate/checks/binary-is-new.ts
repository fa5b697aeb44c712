import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';
import { ifThere } from '../machine.ts';

/** V13. The old binary under the new name stops again at the height, for ever. */
export const binaryIsNew: HomeCheck = {
  name: 'binary-is-new',
  severity: 'error',
  summary: 'the new binary is another file than the one that runs',
  look({ binary, current, folder }) {
    if (binary.sha256.is !== 'there')
      return unseen(binary.sha256, binary.path, 'there is no binary to compare');
    if (current.sha256.is !== 'there')
      return unseen(current.sha256, current.binary.path, 'there is no current binary to compare');
    if (/(?:^|\/)upgrades\/([^/]+)\/?$/.exec(ifThere(current.text) ?? '')?.[1] === folder)
      return skipped('cosmovisor/current leads to this upgrade already');
    if (binary.sha256.value !== current.sha256.value)
      return passed('it is another binary than the current one', binary.path);
    return failed('it is the binary that runs now', 'put the binary of the new release in place', {
      file: binary.path,
    });
  },
};
