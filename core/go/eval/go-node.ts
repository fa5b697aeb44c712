import type { FileFacts } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  callArguments,
  childByField,
  namedChildren,
  withoutAddressOf,
  withoutParens,
} from '../syntax/syntax.ts';
import type { Expr } from './expr.ts';

/**
 * A node that knows its file: what it says is asked of the tree, `goNode(call).callee?.text`. It is
 * an `Expr` and goes wherever one does.
 */
export class GoNode implements Expr {
  readonly facts: FileFacts;
  readonly node: SyntaxNode;
  readonly bindings?: ReadonlyMap<string, Expr>;

  constructor({ facts, bindings }: Expr, node: SyntaxNode) {
    this.facts = facts;
    this.node = node;
    if (bindings) this.bindings = bindings;
  }

  get type(): string {
    return this.node.type;
  }

  /** The source text. */
  get text(): string {
    return this.facts.text.slice(this.node.start, this.node.end);
  }

  /** The child in that role. */
  field(name: string): GoNode | undefined {
    return this.to(childByField(this.node, name));
  }

  /** The children without comments. */
  get children(): GoNode[] {
    return namedChildren(this.node).map(node => new GoNode(this, node));
  }

  /** Without parentheses around it. */
  get withoutParens(): GoNode {
    return new GoNode(this, withoutParens(this.node));
  }

  /** Without a leading `&` or `*`. */
  get withoutAddressOf(): GoNode {
    return new GoNode(this, withoutAddressOf(this.node));
  }

  /** What a call calls, without parentheses; undefined for all but calls. */
  get callee(): GoNode | undefined {
    return this.type === 'call_expression' ? this.field('function')?.withoutParens : undefined;
  }

  /** The arguments of a call; none for all but calls. */
  get arguments(): GoNode[] {
    return callArguments(this.node).map(node => new GoNode(this, node));
  }

  /** The operator of a unary or binary expression; else `''`. */
  get operator(): string {
    return this.field('operator')?.text ?? '';
  }

  /** What stands before the dot, the index or the operator. */
  get operand(): GoNode | undefined {
    return this.field('operand');
  }

  /** The last name: `Keeper` of `app.Keeper`, of `bank.Keeper` and of a call of it; else `''`. */
  get name(): string {
    switch (this.type) {
      case 'identifier':
      case 'field_identifier':
      case 'type_identifier':
        return this.text;
      case 'selector_expression':
        return this.field('field')?.text ?? '';
      case 'qualified_type':
        return this.field('name')?.text ?? '';
      case 'generic_type':
        return this.field('type')?.name ?? '';
      case 'call_expression':
        return this.callee?.name ?? '';
    }
    return '';
  }

  /** The name before the last one's dot, where that is a single one: `bank` of `bank.Keeper`. */
  get qualifier(): string | undefined {
    if (this.type === 'qualified_type') return this.field('package')?.text;
    if (this.type === 'generic_type') return this.field('type')?.qualifier;
    const operand = this.type === 'selector_expression' ? this.operand : undefined;
    return operand?.type === 'identifier' ? operand.text : undefined;
  }

  private to(node: SyntaxNode | undefined): GoNode | undefined {
    return node && new GoNode(this, node);
  }
}

/** The handle of an expression. */
export function goNode(expr: Expr): GoNode {
  return expr instanceof GoNode ? expr : new GoNode(expr, expr.node);
}
