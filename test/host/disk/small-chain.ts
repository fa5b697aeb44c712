import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../../core/plan/plan.ts';
import { tempDir } from '../../support/temp.ts';

/** A file's text with a byte order mark, CRLF and characters of two and four bytes. */
export const crlf = '\uFEFFpackage app\r\n\r\n// old é😀\r\n';
/** A plan for the files of `chain`. */
export const plan: Plan = {
  creates: [
    { file: 'app/upgrades/v2/constants.go', text: 'package v2\n' },
    { file: 'app/upgrades/v2/upgrades.go', text: 'package v2\r\n' },
    { file: 'notes.txt', text: '' },
  ],
  edits: [
    { file: 'app/app.go', before: crlf, after: crlf.replace('old', 'new') },
    { file: 'run.sh', before: 'old', after: 'new' },
  ],
  notes: [],
};

/** A folder with files of several modes. */
export function chain(): string {
  const dir = tempDir({ 'app/app.go': crlf, 'run.sh': 'old', 'other.go': 'package other' });
  chmodSync(join(dir, 'run.sh'), 0o751);
  chmodSync(join(dir, 'app/app.go'), 0o600);
  return dir;
}
