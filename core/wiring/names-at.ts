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
  const operand = (call: SyntaxNode | undefined) => {
    const callee = call && childByField(call, 'function');
    const of = callee?.type === 'selector_expression' ? childByField(callee, 'operand') : undefined;
    return of && text.slice(of.start, of.end);
  };
  const call = (name: string) => operand(callsOf(fn, text, name)[0]);
  const app = func.receiver?.name || /^\w+/.exec(call('SetUpgradeHandler') ?? '')?.[0] || 'app';
  const keeper =
    call('SetUpgradeHandler') ??
    call('ReadUpgradeInfoFromDisk') ??
    call('IsSkipHeight') ??
    `${app}.UpgradeKeeper`;
  return { app, keeper, base: call('SetStoreLoader') ?? app, info: infoVariable(fn, text) };
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
