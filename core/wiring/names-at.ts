import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { calleeName, callsOf, childByField, descend, namedChildren } from '../go/syntax/syntax.ts';
import type { FuncAt } from './style.ts';

/** The names a register function uses for the things an upgrade's wiring needs. */
export interface NamesAt {
  /** The app: `app`, `a`. */
  readonly app: string;
  /** What SetUpgradeHandler is called on. */
  readonly keeper: string;
  /** What SetStoreLoader is or would be called on. */
  readonly base: string;
  /** The variable that holds upgrade-info.json's content, where the function reads it. */
  readonly info: { readonly name: string; readonly statement: SyntaxNode } | undefined;
}

/** Reads those names from a function; `keeper` falls back to the app's usual field. */
export function namesAt({ facts, func }: FuncAt): NamesAt {
  const { text } = facts;
  const fn = func.syntax!;
  const owner = (method: string) => {
    const node = callsOf(fn, text, method)[0];
    return node && goNode({ facts, node }).callee?.operand;
  };
  const handlers = owner('SetUpgradeHandler');
  const app = func.receiver?.name || (handlers && firstName(handlers)) || 'app';
  const keeper = handlers ?? owner('ReadUpgradeInfoFromDisk') ?? owner('IsSkipHeight');
  return {
    app,
    keeper: keeper?.text ?? `${app}.UpgradeKeeper`,
    base: owner('SetStoreLoader')?.text ?? app,
    info: infoVariable(fn, text),
  };
}

/** `app` of `app.Keepers.UpgradeKeeper`. */
function firstName(path: GoNode): string {
  const before = path.operand ?? path.callee;
  return before ? firstName(before) : path.name;
}

function infoVariable(fn: SyntaxNode, text: string): NamesAt['info'] {
  for (const node of descend(fn)) {
    if (node.type !== 'short_var_declaration') continue;
    const right = namedChildren(childByField(node, 'right'))[0];
    const left = namedChildren(childByField(node, 'left'))[0];
    if (
      right?.type === 'call_expression' &&
      left &&
      calleeName(right, text) === 'ReadUpgradeInfoFromDisk'
    ) {
      return { name: text.slice(left.start, left.end), statement: node };
    }
  }
  return undefined;
}
