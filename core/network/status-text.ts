import { textTable } from '../text-table.ts';
import type { NetworkStatus, StatusRow } from './status.ts';

/** Lock, code and node of a network side by side, for people. */
export function statusText({ chainId, rows }: NetworkStatus): string {
  const head = ['', 'lock', 'code', 'node', ''];
  const cells = rows.map(row => [row.what, ...sides(row), verdict(row)]);
  const differ = rows.filter(({ agree }) => agree === false).length;
  const summary =
    differ === 0 ? `nothing differs in ${rows.length}` : `${differ} of ${rows.length} differ`;
  return `${[chainId, ...textTable([head, ...cells]), summary].join('\n')}\n`;
}

function sides({ lock, code, node }: StatusRow): string[] {
  return [lock ?? '-', code ?? '-', node ?? '-'];
}

function verdict(row: StatusRow): string {
  switch (row.agree) {
    case true:
      return '';
    case false:
      return 'DIFFERS';
    case null:
      return 'unknown';
  }
}
