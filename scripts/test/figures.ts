import type { Generation } from '../../test/go/generations.ts';
import { generations } from '../../test/go/generations.ts';
import { table } from '../corpus/section.ts';

/** What came of the tests of a file on one generation of the SDK. */
export interface Figure {
  readonly file: string;
  readonly generation: Generation;
  readonly passed: number;
  readonly failed: number;
  readonly minutes: number;
}

/** A table of figures, as it stands on a page, with one more or another one in its place. */
export function withFigure(text: string, figure: Figure): string {
  const rows = rowsIn(text);
  const cells = rows.get(figure.file) ?? generations.map(() => '');
  rows.set(
    figure.file,
    cells.map((cell, i) => (generations[i] === figure.generation ? cellOf(figure) : cell)),
  );
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return table(
    ['tests', ...generations],
    sorted.map(([file, row]) => [`\`${file}\``, ...row]),
  );
}

/** Each with its cells, oldest generation first. */
function rowsIn(text: string): Map<string, readonly string[]> {
  const lines = [...text.matchAll(/^\| `(.+?)` \|(.*)\|$/gm)];
  return new Map(
    lines.map(([, file, cells]) => [file!, cells!.split('|').map(cell => cell.trim())]),
  );
}

function cellOf({ passed, failed, minutes }: Figure): string {
  const count = failed === 0 ? `${passed}` : `${passed} of ${passed + failed}`;
  return `${count}, ${minutes.toFixed(1)} min`;
}
