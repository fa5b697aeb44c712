import { differences } from './readings.ts';
import { cell, table } from './section.ts';
import type { Study } from './study.ts';
import { checkoutName } from './table.ts';
import type { Trial } from './trial.ts';
import type { Count } from './verdicts.ts';
import { count, middleAndMost, verdictOf } from './verdicts.ts';

/** Summary and tables. */
export function results(studies: readonly Study[]): string {
  return (
    `\n${summary(studies)}\n### Checkouts\n\n${checkoutTable(studies)}\n` +
    differenceTable(studies) +
    refusalTable(studies)
  );
}

function summary(studies: readonly Study[]): string {
  const read = studies.filter(study => !study.absent);
  const trials = read.flatMap(study => study.trials);
  const verdict = (of: keyof ReturnType<typeof verdictOf>) =>
    ratio(count(read, study => verdictOf(study)[of]));
  const { middle, most } = middleAndMost(read.map(study => study.ms));
  const reading = middleAndMost(read.map(study => study.readMs));
  const crashes =
    read.filter(study => study.crash).length +
    trials.filter(({ outcome }) => outcome === 'crashed').length;
  const rows = [
    ['checkouts read', ratio({ right: read.length, of: studies.length })],
    ['SDK generation as expected', verdict('sdk')],
    ['registration as expected', verdict('registration')],
    ['store loading as expected', verdict('stores')],
    ['crashes', String(crashes)],
    ['checks that failed', String(trials.flatMap(({ faults }) => faults).length)],
    [
      'time to read a checkout',
      `median ${seconds(reading.middle)}, longest ${seconds(reading.most)}`,
    ],
    [
      'time for a checkout, plans and checks included',
      `median ${seconds(middle)}, longest ${seconds(most)}`,
    ],
  ];
  return `${table(['', ''], rows)}\n### New Upgrade, by way of registering\n\n${styleTable(trials)}`;
}

function styleTable(trials: readonly Trial[]): string {
  const style = ({ registration }: Trial) => registration.join(', ');
  const styles = [...new Set(trials.map(style))].sort(
    new Intl.Collator('en', { numeric: true }).compare,
  );
  const rows = styles.map(name => {
    const own = trials.filter(trial => style(trial) === name);
    const proved = (convert: boolean, stores: boolean) => {
      const tried = own.filter(
        ({ variant }) =>
          variant.startsWith('convert') === convert && variant.endsWith('no stores') !== stores,
      );
      return tried.length === 0 ? '' : ratio(count(tried, ({ outcome }) => outcome === 'proved'));
    };
    return [
      name,
      own[0]!.inScope ? 'yes' : 'no',
      proved(false, false),
      proved(false, true),
      proved(true, false),
      proved(true, true),
    ];
  });
  return table(
    [
      'registration',
      'supported',
      'without stores',
      'with stores',
      'converted',
      'converted, with stores',
    ],
    rows,
  );
}

const headings = [
  'checkout',
  'SDK',
  'registration',
  'stores loaded',
  'apps',
  'upgrades',
  'stores',
  'modules',
  'not understood',
  'New Upgrade',
  'files',
  'ms',
];

function checkoutTable(studies: readonly Study[]): string {
  return table(
    headings,
    studies.map(study => {
      const { row, understood, absent, crash } = study;
      const name = checkoutName(row);
      if (!understood)
        return [
          name,
          ...Array<string>(8).fill(''),
          absent ? `not read: ${absent}` : `CRASH: ${cell(crash ?? '')}`,
          '',
          String(Math.round(study.ms)),
        ];
      const right = verdictOf(study);
      const compared = (ok: boolean, expected: string, found: readonly string[]) =>
        ok ? found.join(', ') : `expected ${expected}, found ${found.join(', ') || 'none'}`;
      return [
        name,
        compared(right.sdk, row.sdk, understood.generations),
        compared(right.registration, row.registration, understood.registration),
        compared(right.stores, row.stores, understood.storeStyle),
        ...[
          understood.apps,
          understood.upgrades,
          understood.stores,
          understood.modules,
          understood.unknown,
        ].map(String),
        outcomes(study.trials),
        study.trials
          .filter(({ outcome }) => outcome === 'proved')
          .map(({ plan }) => plan!.creates.length + plan!.edits.length)
          .join(' '),
        String(Math.round(study.ms)),
      ];
    }),
  );
}

/** What became of a checkout's new upgrades, in a few words. */
export function outcomes(trials: readonly Trial[]): string {
  const said = (outcome: Trial['outcome']) =>
    trials.filter(trial => trial.outcome === outcome).length;
  const proved = said('proved');
  const refused = said('refused');
  const crashed = said('crashed');
  const faulty = trials.filter(({ faults }) => faults.length > 0).length;
  return (
    [
      proved && `proved ${proved}`,
      refused && `refused ${refused}`,
      crashed && `CRASHED ${crashed}`,
      faulty && `checks failed in ${faulty}`,
    ]
      .filter(Boolean)
      .join(', ') || 'nothing to try'
  );
}

/** What is found otherwise than the table says, and why. */
function differenceTable(studies: readonly Study[]): string {
  const rows = differences(studies).map(({ checkout, what, why }) => [
    checkout,
    what,
    why ?? 'NOT EXPLAINED',
  ]);
  if (rows.length === 0) return '';
  const text = table(['checkout', 'what', 'what its code says'], rows);
  return `### Otherwise than expected\n\nRead by hand.\n\n${text}\n`;
}

/** What was refused, crashed or failed a check, and why. */
function refusalTable(studies: readonly Study[]): string {
  const rows = studies.flatMap(({ row, trials, lacking }) => {
    const said = trials
      .filter(({ outcome, faults }) => outcome !== 'proved' || faults.length > 0)
      .map(({ app, variant, outcome, reason, faults }) => ({
        app: app || '.',
        variant,
        text: [reasonText(outcome, reason), ...faults].filter(Boolean).join('; '),
      }));
    const grouped = [...new Set(said.map(({ app, text }) => `${app}\n${text}`))].map(key => {
      const same = said.filter(({ app, text }) => `${app}\n${text}` === key);
      return [
        checkoutName(row),
        same[0]!.app,
        same.map(({ variant }) => variant).join(', '),
        cell(same[0]!.text),
      ];
    });
    return lacking.length === 0
      ? grouped
      : [...grouped, [checkoutName(row), '', '', lackingText(lacking)]];
  });
  return rows.length === 0
    ? ''
    : `### Refused, and other remarks\n\n${table(['checkout', 'app', 'tried', 'reason'], rows)}\n`;
}

function lackingText(lacking: readonly string[]): string {
  const first = lacking.slice(0, 3).join(', ');
  return `${lacking.length} files are not in this copy of the repository: ${first}`;
}

/** Why a new upgrade was not offered; empty if it was. */
function reasonText(outcome: Trial['outcome'], reason: string | undefined): string {
  if (outcome === 'crashed') return `CRASH: ${reason}`;
  return outcome === 'refused' ? reason! : '';
}

function ratio({ right, of }: Count): string {
  return `${right}/${of}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
