import { child, childrenOf, descend, parts } from './syntax.ts';
import type { Syn } from './syntax.ts';

/**
 * What a local name stands for: its value's syntax, or why it has none that holds for sure. `reassigned` covers every variable that is
 * not set exactly once, and in one piece.
 */
export type Local = Syn | 'parameter' | 'range' | 'reassigned';

type IsName = (node: Syn) => boolean;

const functions = new Set(['func_literal', 'function_declaration', 'method_declaration']);
const blocks = new Set(['block', 'expression_case', 'type_case', 'default_case', 'communication_case']);

/** The local definition of a name as seen from a node, or undefined where the name is not local. */
export function localDefinition(from: Syn, name: string, text: string): Local | undefined {
  const is: IsName = n => n.type === 'identifier' && text.slice(n.start, n.end) === name;
  for (let inner = from, scope = from.parent; scope; inner = scope, scope = scope.parent) {
    if (functions.has(scope.type) && parameterDeclaration(scope, is)) return 'parameter';
    const header = headerDefinition(scope, inner, is);
    if (header) return header;
    if (!blocks.has(scope.type)) continue;
    for (const statement of scope.children.filter(c => c.end <= inner.start).reverse()) {
      const found = definitionIn(statement, is);
      if (found) return changedAfter(scope, statement, is) ? 'reassigned' : found.value ?? 'reassigned';
    }
  }
  return undefined;
}

/** The type a parameter or receiver was declared with, as seen from a node. */
export function parameterType(from: Syn, name: string, text: string): Syn | undefined {
  const is: IsName = n => n.type === 'identifier' && text.slice(n.start, n.end) === name;
  for (let scope = from.parent; scope; scope = scope.parent) {
    const declaration = functions.has(scope.type) ? parameterDeclaration(scope, is) : undefined;
    if (declaration) return child(declaration, 'type');
  }
  return undefined;
}

/** The declaration of a function's parameter, receiver or named result. */
function parameterDeclaration(fn: Syn, is: IsName): Syn | undefined {
  for (const list of ['parameters', 'receiver', 'result']) {
    const found = parts(child(fn, list)).find(p => childrenOf(p, 'name').some(is));
    if (found) return found;
  }
  return undefined;
}

/** Names that a statement's header declares for what follows in it: `if x := …`, `for i := …`, `switch v := y.(type)`, `case v := <-c`. */
function headerDefinition(scope: Syn, inner: Syn, is: IsName): Local | undefined {
  const among = (node: Syn | undefined) => node !== undefined && node !== inner && parts(node).some(is);
  switch (scope.type) {
    case 'for_statement': {
      const header = scope.children.find(c => c !== inner && (c.type === 'range_clause' || c.type === 'for_clause'));
      return among(child(header, 'left')) || among(child(child(header, 'initializer'), 'left')) ? 'range' : undefined;
    }
    case 'for_clause': {
      const initializer = child(scope, 'initializer');
      return initializer !== inner && among(child(initializer, 'left')) ? 'range' : undefined;
    }
    case 'communication_case': {
      const received = child(scope, 'communication');
      return received !== inner && among(child(received, 'left')) ? 'reassigned' : undefined;
    }
    case 'type_switch_statement':
      if (inner.field !== 'value' && inner.field !== 'initializer' && among(child(scope, 'alias'))) return 'reassigned';
      break;
    case 'if_statement': case 'expression_switch_statement': break;
    default: return undefined;
  }
  const initializer = child(scope, 'initializer');
  const found = initializer && initializer !== inner ? definitionIn(initializer, is) : undefined;
  return found && (changedAfter(scope, initializer!, is) ? 'reassigned' : found.value ?? 'reassigned');
}

/** The value a statement defines the name with; of a call with several results only the first has one. */
function definitionIn(statement: Syn, is: IsName): { value: Syn | undefined } | undefined {
  if (statement.type === 'short_var_declaration') {
    const left = parts(child(statement, 'left')), right = parts(child(statement, 'right'));
    const i = left.findIndex(is);
    if (i >= 0) return { value: left.length === right.length || i === 0 ? right[i] : undefined };
  }
  if (statement.type === 'const_declaration' || statement.type === 'var_declaration') {
    for (const spec of statement.children.flatMap(c => c.type === 'var_spec_list' ? c.children : [c])) {
      const names = childrenOf(spec, 'name'), values = parts(child(spec, 'value'));
      const i = names.findIndex(is);
      if (i >= 0) return { value: names.length === values.length || i === 0 ? values[i] : undefined };
    }
  }
  return undefined;
}

/** Whether the variable, or a field of it, is set again after its definition. */
function changedAfter(scope: Syn, definition: Syn, is: IsName): boolean {
  for (const node of descend(scope)) {
    if (node.start < definition.end) continue;
    if (node.type === 'assignment_statement' && parts(child(node, 'left')).some(target => is(owner(target)))) return true;
    if ((node.type === 'inc_statement' || node.type === 'dec_statement') && parts(node).some(is)) return true;
  }
  return false;
}

/** The variable that an assignment to `x`, `x.Field` or `*x` changes. */
function owner(target: Syn): Syn {
  let at = target;
  while (at.type === 'selector_expression' || at.type === 'unary_expression' || at.type === 'parenthesized_expression') {
    const inner = child(at, 'operand') ?? parts(at)[0];
    if (!inner) break;
    at = inner;
  }
  return at;
}
