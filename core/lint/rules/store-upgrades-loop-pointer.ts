import { indentAt, lineStart } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, enclosing, withoutParens } from '../../go/syntax/syntax.ts';
import { storesGiven } from '../../wiring/loading/loading.ts';
import type { Site } from '../../wiring/style.ts';
import { storeVersionMismatch } from '../node-words.ts';
import type { AppContext, Finding, Rule, Severity, SuggestedFix } from '../rule.ts';

/**
 * Before Go 1.22 a loop has one variable for all iterations, and the loader looks at it after the
 * last one (docs/background/incidents.md#store-upgrades-loop-pointer).
 */
export const storeUpgradesLoopPointer: Rule = {
  name: 'store-upgrades-loop-pointer',
  severity: 'error',
  summary: 'a store loader keeps a pointer to a loop variable (Go before 1.22)',
  nodeSays: [{ words: storeVersionMismatch, rank: 8 }],
  *check({ apps }): Iterable<Finding> {
    for (const subject of apps) {
      for (const { site } of subject.wiring.loadings) {
        const finding = inLoading(subject, site);
        if (finding) yield finding;
      }
    }
  },
};

function inLoading(subject: AppContext, site: Site): Finding | undefined {
  const stores = storesGiven(subject.repo, site);
  const pointed = stores && pointedAt(stores);
  if (!stores || !pointed || !hasOldLoops(subject, stores.facts.buildTags)) return undefined;
  if (!isLoopVariable(stores, pointed) || leavesLoop(site)) return undefined;
  const names = listedNames(subject);
  const last = names.at(-1);
  const harmed = names
    .slice(0, -1)
    .reverse()
    .filter(name => subject.pending.some(upgrade => upgrade.name === name));
  const element = last === undefined ? 'the last element' : `the last element ("${last}")`;
  return {
    location: locationOf(stores.facts, stores.node),
    severity: severityOf(subject, harmed),
    message:
      `this points to the loop's variable, which before Go 1.22 holds ${element} ` +
      'when the stores are loaded',
    consequence:
      harmed.length > 0
        ? `"${harmed.join('", "')}" would load its stores instead of its own`
        : 'every upgrade that is not the last of the list would load its stores ' +
          'instead of its own',
    fixes: copyFix(stores, pointed),
  };
}

/**
 * As long as the list holds no more than one upgrade, its last element is the right one. Without a
 * release all upgrades count as pending.
 */
function severityOf({ wiring, base }: AppContext, harmed: readonly string[]): Severity {
  if (harmed.length > 0) return base ? 'error' : 'warning';
  const isRead = wiring.unknown.length === 0;
  return isRead && wiring.registrations.length <= 1 ? 'info' : 'warning';
}

/** The operand of `&upgrade.StoreUpgrades`. */
function pointedAt(stores: Expr): SyntaxNode | undefined {
  const node = withoutParens(stores.node);
  return node.type === 'unary_expression' && textOf(stores).startsWith('&')
    ? childByField(node, 'operand')
    : undefined;
}

/**
 * Whether a file is compiled with the loop variables of old: by the go directive, or the file's own
 * build constraint (Go 1.21 and later).
 */
function hasOldLoops({ app }: AppContext, buildTags: string | undefined): boolean {
  const own = /\bgo1\.(\d+)\b/.exec(buildTags ?? '')?.[1];
  const version = own ?? /^1\.(\d+)/.exec(app.sdk.go ?? '')?.[1];
  return version !== undefined && Number(version) < 22;
}

function isLoopVariable(stores: Expr, pointed: SyntaxNode): boolean {
  const variable = root(pointed);
  if (!variable) return false;
  const name = textOf(exprAt(stores, variable));
  return localDefinition(variable, name, stores.facts.text) === 'range';
}

/** The variable that a chain of selectors begins with. */
function root(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'identifier') return node;
  const operand = node.type === 'selector_expression' ? childByField(node, 'operand') : undefined;
  return operand && root(operand);
}

/** A break or return after the call, in its own block: then the variable stays what it was. */
function leavesLoop({ call, loop }: Site): boolean {
  let block = enclosing(call.node, 'block');
  while (block && loop && block.start > loop.start) {
    const isLeft = block.children.some(
      ({ start, type }) =>
        start > call.node.start && (type === 'break_statement' || type === 'return_statement'),
    );
    if (isLeft) return true;
    if (block.parent === loop) return false;
    block = enclosing(block, 'block');
  }
  return false;
}

/** The plan names of the list, in its order. */
function listedNames({ wiring }: AppContext): string[] {
  return wiring.registrations.flatMap(({ list, name }) =>
    list && name.kind === 'known' ? [name.value] : [],
  );
}

/** Copies the stores into a variable of the iteration. */
function copyFix({ facts, node }: Expr, pointed: SyntaxNode): SuggestedFix[] {
  const { path, text } = facts;
  const around = enclosing(node, 'function_declaration', 'method_declaration');
  const taken = around ? text.slice(around.start, around.end) : text;
  const name = ['storeUpgrades', 'stores', 'planStores'].find(
    one => !new RegExp(`\\b${one}\\b`).test(taken),
  );
  if (name === undefined) return [];
  return [
    {
      title: 'Copy the stores first',
      preferred: true,
      edit(changes) {
        const statement = statementAround(node);
        const at = lineStart(text, statement.start);
        const stores = text.slice(pointed.start, pointed.end);
        const line = `${indentAt(text, statement.start)}${name} := ${stores}\n`;
        changes.edit(path, at, at, line);
        changes.edit(path, node.start, node.end, `&${name}`);
      },
    },
  ];
}
