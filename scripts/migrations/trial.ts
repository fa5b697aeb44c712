import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { Chain, Module } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import { lint } from '../../core/lint/lint.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planMigration } from '../../core/tasks/tasks.ts';
import { reasonOf } from '../../host/errors.ts';
import { gofmtFaults } from '../corpus/gofmt.ts';
import { applied } from '../corpus/trial.ts';

/**
 * What came of bumping one module: the plan where it was proved, else why not; and what is wrong
 * with what would be written.
 */
export interface Trial {
  readonly module: Module;
  readonly app: string;
  readonly plan?: Plan;
  readonly refused?: string;
  readonly faults: readonly string[];
}

/** Bumps a module in memory, as the last release's successor would. */
export function tryMigration(analysis: Analysis, module: Module): Trial {
  const { chain } = analysis;
  const app = appFor(chain, module);
  const name =
    chain.modules.filter(m => m.name === module.name).length === 1 ? module.name : module.dir;
  if (!app) return { module, app: '', refused: 'no app', faults: [] };
  try {
    const plan = planMigration({ analysis, app }, { module: name });
    if (plan.refused) return { module, app: app.dir, refused: plan.refused.reason, faults: [] };
    return { module, app: app.dir, plan, faults: faultsOf(analysis, module, plan) };
  } catch (error) {
    return { module, app: app.dir, faults: [`crash: ${reasonOf(error)}`] };
  }
}

/** The app nearest to a module's folder. */
function appFor({ apps }: Chain, { dir }: Module): Chain['apps'][number] | undefined {
  const shared = (other: string) => {
    const [a, b] = [dir.split('/'), other.split('/')];
    const n = a.findIndex((part, i) => part !== b[i]);
    return n < 0 ? a.length : n;
  };
  return [...apps].sort((a, b) => shared(b.dir) - shared(a.dir))[0];
}

function faultsOf(analysis: Analysis, module: Module, plan: Plan): string[] {
  const { repo, chain } = analysis;
  const base = { ref: 'base', merged: true, repo, chain };
  const after = analyse(applied(repo, plan));
  const speaks = (of: Analysis) =>
    lint(of, { bases: [base] })
      .filter(p => p.rule.startsWith('migration-') && p.severity !== 'info')
      .map(p => `${p.rule} ${p.location.file}: ${fullMessage(p)}`);
  const before = new Set(speaks(analysis));
  const said = speaks(after).filter(line => !before.has(line));
  const made = after.chain.modules
    .find(m => m.dir === module.dir && m.name === module.name)
    ?.migrations.find(m => m.from === module.consensusVersion);
  const files = [
    ...plan.creates.map(({ file, text }) => ({ file, after: text })),
    ...plan.edits,
  ].filter(f => f.file.endsWith('.go'));
  return [
    ...gofmtFaults(files),
    ...said.map(line => `lint says: ${line}`),
    ...(made && speaksWithout(after.repo, made.location, speaks).some(line => !before.has(line))
      ? []
      : ['lint is silent when the registration is taken out again']),
  ];
}

/** What lint says once a registration does nothing any more. */
function speaksWithout(
  after: Repo,
  place: { file: string; start: number; end: number },
  speaks: (analysis: Analysis) => string[],
): string[] {
  const text = after.texts.get(place.file)!;
  const cut = after.with([
    [place.file, `${text.slice(0, place.start)}error(nil)${text.slice(place.end)}`],
  ]);
  return speaks(analyse(cut));
}
