import type { Handler, HandlerBody } from '../../chain/app/handler-code.ts';
import {
  bodiesOf,
  entryWrites,
  handlersOf,
  migrationRuns,
  versionMapOf,
} from '../../chain/app/handler-code.ts';
import { compareNames } from '../../chain/app/plan-names.ts';
import type { Chain, StoreName } from '../../chain/chain.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  calleeOf,
  childByField,
  findAll,
} from '../../go/syntax/syntax.ts';
import { storeNotMounted } from '../node-words.ts';
import type { AppContext, Finding, Rule, RuleContext } from '../rule.ts';
import { handlersNotRead } from '../unread.ts';
import { labelOf } from '../wording.ts';

/**
 * State of a new module that is written before RunMigrations gives it its default genesis, which
 * overwrites it (docs/background/incidents.md#state-before-init-genesis).
 */
export const stateBeforeInitGenesis: Rule = {
  name: 'state-before-init-genesis',
  severity: 'error',
  summary: "a handler writes a new module's state before its InitGenesis",
  repair: 'write the state after RunMigrations',
  nodeSays: [{ words: storeNotMounted, rank: 3 }],
  silentUntilLater: 7,
  notJudged: handlersNotRead,
  *check(context) {
    for (const subject of context.apps) {
      for (const handler of handlersOf(subject.repo, subject.app, subject.wiring))
        yield* inHandler(context, subject, handler);
    }
  },
};

function* inHandler(
  { chain }: RuleContext,
  subject: AppContext,
  handler: Handler,
): Iterable<Finding> {
  const { upgrade } = handler;
  const { added = [] } = upgrade.stores ?? {};
  if (added.length === 0) return;
  const findings = earlyWrites(chain, subject.repo, handler, added);
  if (subject.pending.includes(upgrade)) {
    yield* findings;
  } else if (isLast(subject, handler)) {
    // What the last release did is reported, for whoever still has to patch it.
    for (const finding of findings) yield asDone(finding, subject.base?.ref);
  }
}

/** Whether a handler is that of the newest version. */
function isLast({ app }: AppContext, { upgrade }: Handler): boolean {
  const { name } = upgrade;
  if (name === null) return false;
  return app.upgrades.every(
    other =>
      other === upgrade ||
      !other.registered ||
      other.name === null ||
      (compareNames(name, other.name) ?? 1) > 0,
  );
}

function asDone(finding: Finding, ref = 'the last release'): Finding {
  return {
    ...finding,
    severity: 'info',
    message: `${finding.message} (${ref} has this already)`,
  };
}

function* earlyWrites(
  chain: Chain,
  repo: Repo,
  handler: Handler,
  added: readonly StoreName[],
): Iterable<Finding> {
  const [run] = migrationRuns(repo, handler);
  if (!run) return;
  const keys = versionsSet(handler, run.call);
  // An entry under a computed name may be any module's: a loop over all of them keeps every
  // InitGenesis from running.
  if (keys.some(key => stringValue(repo, key).kind === 'unknown')) return;
  const skipped = keys.map(key => loose(textOf(key)));
  const runsAt = run.via?.start ?? run.call.node.start;
  const seen = new Set<number>();
  for (const write of writesBefore(bodiesOf(repo, handler), runsAt)) {
    const { facts, call, module } = write;
    const keeper = loose(module);
    if (!added.some(store => belongs(store, keeper)) || isDefault(write)) continue;
    if (skipped.some(key => key.includes(keeper)) || seen.has(call.start)) continue;
    seen.add(call.start);
    yield {
      location: locationOf(facts, call),
      severity: isOverwritten(chain, write) ? 'error' : 'warning',
      message: `this writes to ${module}, which "${labelOf(handler.upgrade)}" adds`,
      consequence:
        "RunMigrations then runs the module's InitGenesis with its defaults over it; " +
        "write after RunMigrations, or set the module's version in the version map " +
        'to keep InitGenesis from running',
      related: [
        { location: locationOf(run.call.facts, run.call.node), message: 'InitGenesis runs here' },
      ],
    };
  }
}

/**
 * Whether InitGenesis overwrites this: parameters in every module, and all state of modules of the
 * repository. A module that is not here may want other state for its InitGenesis.
 */
function isOverwritten(chain: Chain, { facts, call, module }: StateWrite): boolean {
  const setter = calleeName(call, facts.text);
  if (setter === 'SetParams' || setter === 'InitGenesis') return true;
  return chain.modules.some(({ name, dir }) =>
    [name, ...dir.split('/')].some(one => loose(one) === loose(module)),
  );
}

/** The keys under which a handler sets versions in the map that RunMigrations is given. */
function versionsSet(handler: Handler, run: Expr): Expr[] {
  const [, , given] = callArguments(run.node);
  const names = [versionMapOf(handler), given && textOf(exprAt(run, given))];
  return entryWrites(handler)
    .filter(({ map }) => names.includes(map))
    .map(({ key }) => key);
}

/** A call of a keeper that writes state: `counterKeeper.SetParams(…)`. */
interface StateWrite extends HandlerBody {
  readonly call: SyntaxNode;
  /** What the keeper's name says: `counter`. */
  readonly module: string;
}

/** The writes of a handler, and of the functions it calls, before an offset of its own body. */
function* writesBefore(bodies: readonly HandlerBody[], end: number): Iterable<StateWrite> {
  for (const body of bodies) {
    if (body.via && body.via.start >= end) continue;
    for (const call of findAll(body.body, 'call_expression')) {
      if (!body.via && call.start >= end) continue;
      const module = moduleWritten(body.facts, call);
      if (module !== undefined) yield { ...body, call, module };
    }
  }
}

/** The module whose keeper a call writes with; undefined for calls that do not. */
function moduleWritten({ text }: FileFacts, call: SyntaxNode): string | undefined {
  if (!/^(Set\w*|InitGenesis)$/.test(calleeName(call, text))) return undefined;
  const operand = childByField(calleeOf(call, text), 'operand');
  const keeper = operand?.type === 'selector_expression' ? childByField(operand, 'field') : operand;
  return keeper && /^(\w+)Keeper$/.exec(text.slice(keeper.start, keeper.end))?.[1];
}

/** Whether a call writes the defaults, unchanged: InitGenesis writes the same once more. */
function isDefault({ facts, body, call }: StateWrite): boolean {
  const written = facts.text.slice(call.start, call.end);
  if (/Default(Params|Genesis\w*)\(/.test(written)) return true;
  const before = facts.text.slice(body.start, call.end);
  const isUnchangedDefault = (word: string) =>
    new RegExp(`\\b${word} :?= [\\w.]*Default(Params|Genesis\\w*)\\(\\)`).test(before) &&
    !new RegExp(`\\b${word}\\.\\w+ =`).test(before);
  return (written.match(/\b\w+\b/g) ?? []).some(isUnchangedDefault);
}

/** Whether a store is that of a module, by its name or by a folder of its constant's package. */
function belongs({ name, const: constant }: StoreName, module: string): boolean {
  const isNamed = name !== null && loose(name) === module;
  return isNamed || constant?.split('/').some(element => loose(element) === module) === true;
}

function loose(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
