import { compareNames } from '../../chain/app/plan-names.ts';
import { insertElement } from '../../edit/list-element.ts';
import { exprAt } from '../../go/eval/value.ts';
import { calleeName, childByField, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { embeddedNames } from '../../wiring/registration/embedded-names.ts';
import { listLiteral } from '../../wiring/registration/lists.ts';
import type { Registration } from '../../wiring/style.ts';
import { noteInfo } from '../package/name-constant.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/**
 * R9: names that share one handler, in a text file that the app embeds or in a Go slice. The new
 * one goes where their order wants it.
 */
export const byName: Way = { codes: ['R9'], insert: upgradeByName };

function upgradeByName(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R9');
  const { site } = own[0]!;
  const clause = site.loop?.children.find(c => c.type === 'range_clause');
  const source = clause && exprAt(site.call, childByField(clause, 'right')!);
  const embedded = source && embeddedNames(job.repo, source);
  const list = source && listLiteral(job.repo, source, site);
  const behind = lastBefore(
    job,
    own.map(nameOf),
    isAlphabetical(job, site.dir, embedded?.variables ?? [list?.name ?? '']),
  );
  if (embedded)
    job.plain.set(
      embedded.path,
      withLine(
        job.repo.texts.get(embedded.path)!,
        behind === undefined ? undefined : nameOf(own[behind]!),
        job.name,
      ),
    );
  else if (list)
    insertElement(
      job.changes,
      list.body,
      (own[behind ?? 0] as Registration).place.node,
      quote(job.name),
      behind === undefined,
    );
  else
    throw new Refusal(
      `${calleeName(site.call.node, site.call.facts.text)} takes its names from something that cannot be extended; add this one by hand`,
      { file: site.call.facts.path },
    );
  loadStores(job, { constant: undefined, after: site });
  job.notes.push(
    `All upgrades share one handler here: what only ${job.name} does goes behind a comparison of its name.`,
  );
  noteInfo(job);
  if (job.test) job.notes.push('No test is written: the handler is shared by all upgrades.');
}

const byVersion = (a: string, b: string) => compareNames(a, b) ?? NaN;
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The name behind which a new one goes: the last smaller one where they are in order, by version or
 * by alphabet; else the last. Undefined: before all.
 */
function lastBefore(
  { name, notes }: Job,
  names: readonly string[],
  alphabetical: boolean,
): number | undefined {
  const orders = (alphabetical ? [byText] : [byVersion, byText]).filter(o =>
    names.every((n, i) => i === 0 || o(names[i - 1]!, n) < 0),
  );
  const places = orders.map(o => names.findLastIndex(n => o(n, name) < 0));
  const at = places[0] ?? names.length - 1;
  if (places.some(p => p !== at))
    notes.push(
      `The names are in order by version and by alphabet alike: ${name} was put where its version belongs. Move it if something wants them by alphabet.`,
    );
  return at < 0 ? undefined : at;
}

/**
 * Whether the names have to stand by alphabet: something sorts them or checks it, or a comment
 * above them says so.
 */
function isAlphabetical({ repo }: Job, dir: string, variables: readonly string[]): boolean {
  return variables.some(
    name =>
      name !== '' &&
      repo
        .filesOf(dir)
        .some(
          ({ text }) =>
            new RegExp(
              `\\b(sort\\.(Strings|StringsAreSorted)|slices\\.(Sort|IsSorted))\\((sort\\.StringSlice\\()?${name}\\b|\\bsort\\.StringSlice\\(${name}\\)`,
            ).test(text) ||
            new RegExp(`((^[ \\t]*//[^\\n]*\\n)+)[ \\t]*(var[ \\t]+)?${name}\\b`, 'm')
              .exec(text)?.[1]
              ?.match(/alphabet|lexic/i),
        ),
  );
}

function withLine(text: string, behind: string | undefined, name: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const at = behind === undefined ? -1 : lines.findIndex(l => l.trim() === behind);
  lines.splice(at + 1, 0, name);
  return lines.join(end);
}
