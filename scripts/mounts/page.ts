import { cell } from '../corpus/section.ts';
import type { Row } from '../corpus/table.ts';
import { checkoutName } from '../corpus/table.ts';
import type { MountTrial } from './trial.ts';

/** What became of one app, and what Go said of its types where it was asked. */
export interface Mounted extends MountTrial {
  readonly row: Row;
  readonly types: string | undefined;
}

/** How many apps take the module, of how many, and how many plans are at fault. */
export function mountSum(all: readonly Mounted[]): { proved: number; of: number; faulty: number } {
  const faulty = all.filter(isFaulty).length;
  const proved = all.filter(one => one.plan && !isFaulty(one)).length;
  return { proved, of: all.length, faulty };
}

function isFaulty({ faults, types }: Mounted): boolean {
  return faults.length > 0 || (types !== undefined && !/^(types fit|not fetched)/.test(types));
}

function outcomeOf(one: Mounted): string {
  if (one.refused !== undefined) return 'refused';
  return isFaulty(one) ? 'at fault' : 'proved';
}

/** The page that says what became of every app. */
export function mountsPage(all: readonly Mounted[]): string {
  const { proved, of, faulty } = mountSum(all);
  const rows = all.map(one => {
    const { row, app, refused, faults, types } = one;
    const wiring = app.registration.join(', ');
    const said = refused ?? faults[0] ?? (isFaulty(one) ? types! : '');
    const cells = [
      checkoutName(row),
      app.dir || '.',
      app.sdk.version ?? '',
      wiring,
      outcomeOf(one),
      isFaulty(one) ? '' : (types ?? ''),
      cell(said),
    ];
    return `| ${cells.join(' | ')} |\n`;
  });
  return `# A module, mounted on real chains

\`npm run mounts -- [--types] MIRRORS TABLE\` lays a module that nobody has (\`test/go/mount\`: a keeper with a codec, a store, x/bank and an authority; genesis and an end blocker) beside each app of the development commits on SDK 0.47 and newer, and mounts it. *Proved* is a plan that was judged: exactly one module, one store and one keeper more, in each order once and at its place, everything else as it was, no new error of the lint, and clean by gofmt. *Types*: what \`go/types\` says of it (\`test/go/typecheck\`), where it was asked: *in part* where modules could not be fetched.

${proved} of ${of} apps take it, ${faulty} plans are at fault.

| checkout | app | SDK | registration | outcome | types | why |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('')}`;
}
