import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import { childByField, childrenByField } from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { nameOf, onlyExpression, textOf } from '../go-file.ts';
import { freshName, isFree, mentionedNames } from '../names.ts';
import type { Project } from '../project.ts';
import type { Rewriter } from '../rewriter.ts';
import { append, edit, insert, replacing, rewritersOf, rewriting } from '../rewriter.ts';
import {
  declarationOf,
  hasLabels,
  isPure,
  linesBefore,
  statementsIn,
  statementsOf,
  typeText,
} from '../statements.ts';

/** A variable with a single name and value. */
interface Variable {
  readonly declaration: SyntaxNode;
  readonly spec: SyntaxNode;
  readonly name: SyntaxNode;
  readonly value: SyntaxNode;
  readonly type: SyntaxNode | undefined;
}

function variablesOf(declaration: SyntaxNode): Variable[] {
  return findSpecs(declaration).flatMap(spec => {
    const [name, ...others] = childrenByField(spec, 'name');
    const value = onlyExpression(spec, 'value');
    if (!name || others.length > 0 || !value) return [];
    return [{ declaration, spec, name, value, type: childByField(spec, 'type') }];
  });
}

function findSpecs({ children }: SyntaxNode): SyntaxNode[] {
  return children
    .flatMap(child => (child.type === 'var_spec_list' ? child.children : [child]))
    .filter(({ type }) => type === 'var_spec');
}

function isGrouped({ children }: SyntaxNode): boolean {
  return children.some(({ type }) => type === 'var_spec_list');
}

function packageVariables(file: GoFile): Variable[] {
  return file.root.children
    .filter(({ type }) => type === 'var_declaration')
    .flatMap(variablesOf)
    .filter(({ name }) => textOf(file, name) !== '_');
}

/** A rewriter of package variables. */
const packageRewriter = rewritersOf(packageVariables);

/** Whether nothing that runs before `init` may ask for the variable. */
function isIdleBeforeInit(file: GoFile, { spec, name }: Variable, project: Project): boolean {
  const text = textOf(file, name);
  return project.packageOf(file).every(other => {
    const inits = other.root.children.filter(
      node => node.type === 'function_declaration' && nameOf(other, node) === 'init',
    );
    if (inits.length > 0) return false;
    return other.root.children
      .filter(({ type }) => type === 'var_declaration')
      .flatMap(findSpecs)
      .filter(one => one !== spec)
      .every(one => isPure(other, one) && !mentionedNames(other, one).has(text));
  });
}

const inInit = packageRewriter('a variable set in init', (file, variable, project) => {
  const { spec, name, value, type } = variable;
  const written = type ? textOf(file, type) : typeText(file, value);
  if (written === undefined || !isIdleBeforeInit(file, variable, project)) return undefined;
  const text = textOf(file, name);
  return rewriting(file, spec, [
    edit(spec, `${text} ${written}`),
    append(file, `func init() {\n\t${text} = ${textOf(file, value)}\n}`),
  ]);
});

const inBlock = packageRewriter('a variable in a group', (file, { declaration, spec }) =>
  isGrouped(declaration)
    ? undefined
    : replacing(file, declaration, `var (\n\t${textOf(file, spec)}\n)`),
);

const withType = packageRewriter('a variable with its type', (file, { name, value, type }) => {
  const written = type ? undefined : typeText(file, value);
  if (written === undefined) return undefined;
  return rewriting(file, name, [insert(name.end, ` ${written}`)]);
});

const fromAnother = packageRewriter(
  'a variable by way of another',
  (file, { spec, value, type }) => {
    if (type || typeText(file, value) === undefined) return undefined;
    const other = freshName('made', file, spec);
    const declared = append(file, `var ${other} = ${textOf(file, value)}`);
    return rewriting(file, value, [edit(value, other), declared]);
  },
);

/** A local variable's declaration: `x := e` or `var x = e`. */
interface Local {
  readonly statement: SyntaxNode;
  readonly name: string;
  readonly value: SyntaxNode;
  readonly short: boolean;
}

function localOf(file: GoFile, statement: SyntaxNode): Local | undefined {
  if (statement.type === 'short_var_declaration') {
    const name = onlyExpression(statement, 'left');
    const value = onlyExpression(statement, 'right');
    if (!value || name?.type !== 'identifier') return undefined;
    return { statement, name: textOf(file, name), value, short: true };
  }
  if (statement.type !== 'var_declaration' || isGrouped(statement)) return undefined;
  const [variable] = variablesOf(statement);
  if (!variable || variable.type) return undefined;
  return { statement, name: textOf(file, variable.name), value: variable.value, short: false };
}

function localsIn(file: GoFile): Local[] {
  return statementsIn(file).flatMap(statement => localOf(file, statement) ?? []);
}

const asVar: Rewriter = {
  name: 'var for :=',
  *places(file) {
    for (const { statement, name, value, short } of localsIn(file))
      if (short) yield replacing(file, statement, `var ${name} = ${textOf(file, value)}`);
  },
};

const asShort: Rewriter = {
  name: ':= for var',
  *places(file) {
    for (const { statement, name, value, short } of localsIn(file))
      if (!short && name !== '_' && value.type !== 'nil')
        yield replacing(file, statement, `${name} := ${textOf(file, value)}`);
  },
};

const assigned: Rewriter = {
  name: 'a variable declared, then assigned',
  *places(file) {
    for (const { statement, name, value } of localsIn(file)) {
      const type = typeText(file, value);
      const fn = declarationOf(statement);
      // The name may be an outer one's in its own value.
      const isUsed = mentionedNames(file, value).has(name);
      if (type === undefined || !fn || hasLabels(fn) || isUsed) continue;
      const before = linesBefore(file, statement, [`var ${name} ${type}`]);
      yield replacing(file, statement, `${before}${name} = ${textOf(file, value)}`);
    }
  },
};

/** Neighbours in a block that both declare one variable. */
function* pairsOf(file: GoFile): Generator<readonly [Local, Local]> {
  const blocks = new Set(statementsIn(file).map(({ parent }) => parent!));
  for (const block of blocks) {
    const statements = statementsOf(block);
    for (let i = 0; i + 1 < statements.length; i++) {
      const first = localOf(file, statements[i]!);
      const second = localOf(file, statements[i + 1]!);
      const between = file.text.slice(statements[i]!.end, statements[i + 1]!.start);
      const isPair =
        first?.short &&
        second?.short &&
        between.trim() === '' &&
        first.name !== second.name &&
        !mentionedNames(file, second.value).has(first.name);
      if (!isPair) continue;
      yield [first, second];
      i++;
    }
  }
}

const together: Rewriter = {
  name: 'two variables in one declaration',
  *places(file) {
    for (const [a, b] of pairsOf(file)) {
      if (!isPure(file, a.value) || !isPure(file, b.value)) continue;
      const values = `${textOf(file, a.value)}, ${textOf(file, b.value)}`;
      const place = { start: a.statement.start, end: b.statement.end };
      yield replacing(file, place, `${a.name}, ${b.name} := ${values}`);
    }
  },
};

/** A literal and the statement that sets a variable to it, from a function of two results. */
const fromOneCall: Rewriter = {
  name: 'a variable from a call with two results',
  *places(file) {
    for (const { statement, name, value, short } of localsIn(file)) {
      const type = short ? typeText(file, value) : undefined;
      if (type === undefined || !isFree(file, value)) continue;
      const made = freshName('made', file, statement);
      const declared = `func ${made}() (${type}, error) {\n\treturn ${textOf(file, value)}, nil\n}`;
      yield rewriting(file, statement, [
        edit(statement, `${name}, _ := ${made}()`),
        append(file, declared),
      ]);
    }
  },
};

/** Variables of packages and functions, written in other ways. */
export const variableRewriters: readonly Rewriter[] = [
  inInit,
  inBlock,
  withType,
  fromAnother,
  asVar,
  asShort,
  assigned,
  together,
  fromOneCall,
];
