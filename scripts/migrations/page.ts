import type { Row } from '../corpus/table.ts';
import { checkoutName } from '../corpus/table.ts';
import type { Trial } from './trial.ts';

/** The modules of one checkout, bumped. */
export interface Checkout {
  readonly row: Row;
  readonly absent?: string;
  readonly trials: readonly Trial[];
}

const title = `# Migrations on real chains

\`npm run migrations -- MIRRORS TABLE\` raises every module of the public chains of a table, one at a time and in memory, and registers its migration. A plan that
is offered is proved: read again, the version is one higher, exactly one migration more is registered, and nothing else means something else. On top of that this page
asks gofmt, the lint rules for migrations (silent after, loud once the registration is taken out again), and a Go program that shares nothing with this
package's reader (\`test/go/oracle\`).
`;

/** The whole page. */
export function migrationsPage(checkouts: readonly Checkout[]): string {
  const all = checkouts.flatMap(c => c.trials);
  const done = all.filter(t => t.plan);
  const refused = all.filter(t => t.refused);
  const wrong = all.filter(t => t.faults.length > 0);
  const reasons = groups(refused);
  const tried = checkouts.filter(({ trials }) => trials.length > 0).length;
  return [
    title,
    `${all.length} modules in ${tried} checkouts: ${done.length} done and proved, ` +
      `${refused.length} refused (${percent(refused.length, all.length)}), ${wrong.length} wrong.\n`,
    '| checkout | modules | done and proved | refused | wrong |\n|---|---|---|---|---|',
    ...checkouts.map(checkoutRow),
    '\n## Refused\n',
    '| modules | reason |\n|---|---|',
    ...reasons.map(([reason, names]) => `| ${names.join(', ')} | ${reason} |`),
    '',
  ].join('\n');
}

function checkoutRow({ row, absent, trials }: Checkout): string {
  const count = (of: (trial: Trial) => unknown) => trials.filter(of).length;
  const cells = [
    checkoutName(row),
    absent ?? trials.length,
    count(({ plan }) => plan),
    count(({ refused }) => refused),
    count(({ faults }) => faults.length),
  ];
  return `| ${cells.join(' | ')} |`;
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : ((part / whole) * 100).toFixed(1)} %`;
}

/**
 * Refusals by reason, the most frequent first; what a reason says of one module alone is left out
 * of it.
 */
function groups(refused: readonly Trial[]): [reason: string, modules: string[]][] {
  const found = new Map<string, string[]>();
  for (const { module, refused: said } of refused) {
    const reason = said!
      .replaceAll(module.dir, 'DIR')
      .replace(new RegExp(`\\b${module.name}\\b`, 'g'), 'MODULE')
      .replace(/\|/g, '\\|');
    found.set(reason, [...(found.get(reason) ?? []), module.name]);
  }
  return [...found].sort((a, b) => b[1].length - a[1].length);
}
