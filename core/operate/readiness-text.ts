import { textSection, textTable } from '../text-table.ts';
import { printable } from './printable.ts';
import type { Readiness, ReadyValidator } from './readiness.ts';
import { allEvidence, isEnough } from './readiness.ts';

/** Who is ready, for people: a row a validator, then the shares that count. */
export function readinessText(readiness: Readiness): string {
  const { chainId, height, wanted, era, validators, problems } = readiness;
  const what = era === undefined ? wanted : `era ${era} (${wanted})`;
  const head = ['power', 'state', 'evidence', 'version', 'validator'];
  const lines = [
    `${printable(chainId)} at height ${height}: ${validators.length} validators, ` +
      `wanted ${printable(what)}`,
    ...textTable([head, ...validators.map(cells)]),
    ...textSection(
      'problems:',
      problems.map(({ endpoint, why }) => [printable(endpoint), printable(why)]),
    ),
    sharesLine(readiness),
    `more than 66.67 % make blocks, 33.34 % can stop them; ` +
      `${percent(readiness.min)} % are asked for: ${isEnough(readiness) ? 'enough' : 'NOT ENOUGH'}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The shares, never without the evidence that they rest on. */
export function sharesLine({ shares, byEvidence }: Readiness): string {
  const parts = allEvidence.map(evidence => `${evidence} ${percent(byEvidence[evidence])}`);
  return (
    `ready ${percent(shares.ready)} % (${parts.join(', ')}) · ` +
    `behind ${percent(shares.behind)} % · unknown ${percent(shares.unknown)} %`
  );
}

function cells({ power, state, evidence, version, moniker, address }: ReadyValidator): string[] {
  const called = moniker === null ? address : `${printable(moniker)} ${address}`;
  return [power, state, evidence ?? '-', printable(version ?? '-'), called];
}

/** A decimal from 0 to 1 in percent, with two places. */
function percent(share: string): string {
  const [whole = '0', places = ''] = share.split('.');
  const digits = `${whole}${places.padEnd(4, '0')}`;
  const all = digits.slice(0, whole.length + 2).replace(/^0+(?=\d)/, '');
  return `${all}.${digits.slice(whole.length + 2, whole.length + 4)}`;
}
