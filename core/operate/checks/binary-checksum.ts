import type { HomeCheck } from '../check.ts';
import { compareBinary } from '../compare-binary.ts';

/** V10. */
export const binaryChecksum: HomeCheck = {
  name: 'binary-checksum',
  severity: 'error',
  summary: 'the new binary has the checksum that was published',
  look: compareBinary,
};
