import { keeperFields } from '../../chain/app/keepers.ts';
import type { App } from '../../chain/chain.ts';
import { indentAt, lineEnd } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { calleeName, enclosingFunction, namedChildren } from '../../go/syntax/syntax.ts';
import { loadCalls } from '../../wiring/app-names.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import { calledOperand, rootName } from '../go-tree.ts';
import { inputNow } from '../input-now.ts';
import { scopeIn } from '../mount/scope.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';

/** Has a node warn of eras it does not know when it starts, behind the load of its stores. */
export function addStartCheck(input: PlanInput, method: string): Step {
  return {
    name: 'check the era when a node starts',
    apply(draft) {
      const { repo } = draft;
      const { app } = inputNow(input, draft);
      const load = loadOf(repo, app);
      const after = load && statementBehind(load);
      const keeper = keeperOf(repo, app);
      if (!load || !after || keeper === undefined) {
        draft.note(
          `no place was found behind the load of the app's stores: call ${method} of the keeper of ` +
            'eras there with the app, so that a node warns when it starts',
        );
        return [];
      }
      const { facts, node } = load;
      const loaded = textOf({ facts, node: calledOperand(node)! });
      const fn = enclosingFunction(node)!;
      const { owner } = scopeIn(repo, app, { facts, fn, until: node.start });
      const at = lineEnd(facts.text, after.end);
      const statement = `${owner ?? rootName(loaded) ?? 'app'}.${keeper}.${method}(${loaded})`;
      draft.edits.edit(facts.path, at, at, `${indentAt(facts.text, after.start)}${statement}\n`);
      return [];
    },
  };
}

/** The call that loads the newest version of the app's stores. */
function loadOf(repo: Repo, app: App): Expr | undefined {
  for (const fn of functionsOf(repo, app.dir)) {
    const { facts } = fn;
    const node = loadCalls(fn).find(
      call => calleeName(call, facts.text) !== 'LoadVersion' && calledOperand(call) !== undefined,
    );
    if (node) return { facts, node };
  }
  return undefined;
}

/** The statement that ends the load: its own, or the one below it that looks at its error. */
function statementBehind({ node }: Expr): SyntaxNode | undefined {
  const own = statementAround(node);
  if (own.type === 'return_statement') return undefined;
  if (own.type === 'if_statement') return own;
  const siblings = namedChildren(own.parent);
  const next = siblings[siblings.indexOf(own) + 1];
  return next?.type === 'if_statement' ? next : own;
}

/** The app's field that holds the keeper of eras. */
function keeperOf(repo: Repo, app: App): string | undefined {
  const found = keeperFields(repo, app.dir, app.type).filter(
    ({ package: path, ref }) => /\/era$/.test(path ?? '') && ref?.name === 'Keeper',
  );
  return found.length === 1 ? found[0]!.name : undefined;
}
