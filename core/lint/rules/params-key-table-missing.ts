import { allFilesWith, appFolders, callsIn } from '../../chain/app/app-code.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, calleeOf, callsOf, childByField } from '../../go/syntax/syntax.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { sdkNotCompared } from '../unread.ts';

/**
 * The modules of the SDK that move their parameters out of x/params on the way to 0.47. Their
 * keepers set the key table until 0.46.
 */
const moved =
  /^github\.com\/cosmos\/cosmos-sdk\/x\/(auth|bank|crisis|distribution|gov|mint|slashing|staking)\/types(\/v\w+)?$/;

/** A parameter subspace without the key table that the migrations to SDK 0.47 need. */
export const paramsKeyTableMissing: Rule = {
  name: 'params-key-table-missing',
  severity: 'error',
  summary: 'a subspace whose parameters move out of x/params has no key table',
  repair: "give the module's subspace its key table before the migrations run",
  nodeSays: [
    {
      words: { pattern: /parameter (\S+) not registered/ },
      repair: 'give the subspace of the parameter $1 its key table',
    },
  ],
  notJudged: sdkNotCompared,
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { repo, app, base, pending } = subject;
  if (!base || !isJump(subject)) return;
  // Handlers set key tables too, and the one of this jump may not be written yet.
  const severity = pending.length === 0 ? 'warning' : undefined;
  const folders = appFolders(repo, app.dir);
  const tables = keyTables(repo);
  // A key table that is made elsewhere may be any module's.
  if (tables.includes(undefined)) return;
  const modules = callsIn(repo, folders, ['NewAppModule', 'NewAppModuleBasic']);
  for (const { call } of callsIn(repo, folders, ['Subspace'])) {
    const module = moduleOf(repo, callArguments(call.node)[0], call);
    if (module === undefined || tables.includes(module)) continue;
    if (!modules.some(({ call: made }) => packageOf(repo, made) === module)) continue;
    yield {
      location: locationOf(call.facts, call.node),
      ...(severity && { severity }),
      message:
        `the subspace of x/${module} has no key table, ` +
        `and its parameters move out of x/params between ${base.ref} and now`,
      consequence: 'its migration panics at the upgrade height: parameter … not registered',
    };
  }
}

/** What every key table of the repository is for; handlers may set them. */
function keyTables(repo: Repo): (string | undefined)[] {
  const files = allFilesWith(repo, 'key tables', text => text.includes('WithKeyTable('));
  return [...files.values()]
    .flat()
    .flatMap(facts =>
      facts.funcs.flatMap(func =>
        callsOf(func.syntax, facts.text, 'WithKeyTable').map(node => ({ facts, node })),
      ),
    )
    .map(call => tableOf(repo, call));
}

/** Whether SDK 0.47 lies between the baseline and now. */
function isJump({ app, base }: AppContext): boolean {
  const [before, now] = [base?.app.sdk.generation, app.sdk.generation];
  return (
    !!before && !!now && generationIsBefore(before, '0.47') && !generationIsBefore(now, '0.47')
  );
}

/** The module of `banktypes.ModuleName` or of another name of its types package. */
function moduleOf(repo: Repo, node: Expr['node'] | undefined, { facts }: Expr): string | undefined {
  const text = node ? facts.text.slice(node.start, node.end) : '';
  const qualifier = /^(\w+)\.\w+/.exec(text)?.[1];
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  return path === undefined ? undefined : moved.exec(path)?.[1];
}

/**
 * The module of a call's key table, `banktypes.ParamKeyTable()`; the package's path for another
 * module's, undefined where it is made otherwise.
 */
function tableOf(repo: Repo, call: Expr): string | undefined {
  const given = callArguments(call.node)[0];
  const module = moduleOf(repo, given, call);
  if (module !== undefined) return module;
  const text = given ? textOf(exprAt(call, given)) : '';
  const qualifier = /^(\w+)\.\w+\(\)$/.exec(text)?.[1];
  return qualifier === undefined ? undefined : repo.importFor(call.facts, qualifier);
}

/** The SDK module whose package makes something: `bank.NewAppModule`. */
function packageOf(repo: Repo, call: Expr): string | undefined {
  const operand = childByField(calleeOf(call.node, call.facts.text), 'operand');
  const path = operand && repo.importFor(call.facts, textOf(exprAt(call, operand)));
  return path === undefined ? undefined : moved.exec(`${path}/types`)?.[1];
}
