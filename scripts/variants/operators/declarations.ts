import { dirname } from '../../../core/files.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  findAll,
  namedChildren,
} from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import {
  functionsIn,
  isConstrained,
  nameOf,
  ownLines,
  textOf,
  withDoc,
  within,
} from '../go-file.ts';
import { declaredNames, freshName, isKey, qualifiersIn, usesOf } from '../names.ts';
import type { FileImport, Project } from '../project.ts';
import type { Rewriter } from '../rewriter.ts';
import { edit, insert, rewriting } from '../rewriter.ts';
import { isPure } from '../statements.ts';

const reversed: Rewriter = {
  name: 'declarations in reverse order',
  *places(file) {
    const declarations = file.root.children.filter(
      ({ type }) => type.endsWith('_declaration') && type !== 'import_declaration',
    );
    const variables = declarations.filter(({ type }) => type === 'var_declaration');
    const inits = functionsIn(file).filter(fn => nameOf(file, fn) === 'init');
    // The order of variables and of init functions is the order in which they run.
    if (declarations.length < 2 || inits.length > 1) return;
    if (!variables.every(node => isPure(file, node))) return;
    const spans = declarations.map(node => withDoc(file, node));
    const isApart = spans.every(
      (span, i) => i === 0 || /^\s*\n\s*$/.test(file.text.slice(spans[i - 1]!.end, span.start)),
    );
    if (!isApart) return;
    const place = { start: spans[0]!.start, end: spans.at(-1)!.end };
    const edits = spans.map((span, i) => edit(span, textOf(file, spans[spans.length - 1 - i]!)));
    yield rewriting(file, place, edits);
  },
};

/** A function, and the imports that it needs in a file of its own. */
const moved: Rewriter = {
  name: 'a function in another file',
  *places(file, project) {
    if (project.hasStrangeImports(file) || isConstrained(file)) return;
    const imports = project.importsOf(file);
    for (const fn of functionsIn(file)) {
      const needed = importsNeeded(file, fn, imports, project);
      const place = withDoc(file, fn);
      if (!needed || !ownLines(file, place)) continue;
      const removed = removedImports(file, fn, needed);
      if (!removed) continue;
      const name = freshName('moved', file, fn);
      const lines = needed.map(({ name: alias, path }) => `\t${alias} "${path}"\n`).join('');
      const head = `package ${packageName(file)}\n\n${lines ? `import (\n${lines})\n\n` : ''}`;
      const path = `${dirname(file.path)}/${name}.go`.replace(/^\.?\//, '');
      const texts = new Map([[path, `${head}${textOf(file, place)}\n`]]);
      yield rewriting(file, file.root, [edit(place, ''), ...removed], texts);
    }
  },
};

function packageName(file: GoFile): string {
  const clause = file.root.children.find(({ type }) => type === 'package_clause')!;
  return textOf(file, clause.children[0]!);
}

/** The imports that a function uses; undefined where a qualifier cannot be told. */
function importsNeeded(
  file: GoFile,
  fn: SyntaxNode,
  imports: readonly FileImport[],
  project: Project,
): FileImport[] | undefined {
  const locals = new Set(declaredNames(file, fn));
  const names = new Set(qualifiersIn(fn).map(node => textOf(file, node)));
  const needed: FileImport[] = [];
  for (const name of names) {
    const found = imports.find(one => one.name === name);
    if (found && locals.has(name)) return undefined;
    if (found) needed.push(found);
    else if (!locals.has(name) && !project.packageNames(file).has(name)) return undefined;
  }
  return needed;
}

/** Takes out the imports that nothing but the function used; undefined where one shares a line. */
function removedImports(file: GoFile, fn: SyntaxNode, needed: readonly FileImport[]) {
  const others = new Set(
    qualifiersIn(file.root)
      .filter(node => !within(node, fn))
      .map(node => textOf(file, node)),
  );
  const unused = needed.filter(({ name }) => !others.has(name));
  const lines = unused.map(({ spec }) => {
    const isGrouped = spec.parent?.type === 'import_spec_list';
    return ownLines(file, isGrouped ? spec : spec.parent!);
  });
  return lines.every(line => line !== undefined) ? lines.map(line => edit(line, '')) : undefined;
}

const aliased: Rewriter = {
  name: 'an import under another name',
  *places(file, project) {
    if (project.hasStrangeImports(file)) return;
    const declared = new Set(declaredNames(file, file.root));
    for (const { name, path, spec } of project.importsOf(file)) {
      const uses = qualifiersIn(file.root).filter(node => textOf(file, node) === name);
      if (uses.length === 0 || declared.has(name)) continue;
      const alias = freshName(name, file, spec);
      yield rewriting(file, spec, [
        edit(spec, `${alias} "${path}"`),
        ...uses.map(node => edit(node, alias)),
      ]);
    }
  },
};

/** Renames a parameter or receiver that nothing in its function hides. */
function* renamed(file: GoFile, fn: SyntaxNode, name: SyntaxNode, stem: string) {
  const text = textOf(file, name);
  const isOnly = declaredNames(file, fn).filter(other => other === text).length === 1;
  if (text === '_' || !isOnly || isKey(file, fn, text)) return;
  const fresh = freshName(stem, file, name);
  const uses = usesOf(file, fn, text);
  yield rewriting(file, { start: fn.start, end: fn.end }, [
    edit(name, fresh),
    ...uses.map(node => edit(node, fresh)),
  ]);
}

const receiver: Rewriter = {
  name: 'a receiver under another name',
  *places(file) {
    for (const fn of functionsIn(file)) {
      const [parameter] = namedChildren(childByField(fn, 'receiver'));
      const name = childByField(parameter, 'name');
      if (name) yield* renamed(file, fn, name, 'self');
    }
  },
};

const parameter: Rewriter = {
  name: 'a parameter under another name',
  *places(file) {
    for (const fn of functionsIn(file)) {
      const [first] = namedChildren(childByField(fn, 'parameters'));
      const [name] = childrenByField(first, 'name');
      if (name) yield* renamed(file, fn, name, 'given');
    }
  },
};

/** A type under a second name, for a literal of it. */
const typeAlias: Rewriter = {
  name: 'an alias of a type',
  *places(file) {
    for (const literal of findAll(file.root, 'composite_literal')) {
      const type = childByField(literal, 'type');
      if (type?.type !== 'type_identifier' && type?.type !== 'qualified_type') continue;
      if (isLocalType(file, literal, textOf(file, type))) continue;
      const name = freshName('alias', file, literal);
      const at = file.text.length;
      yield rewriting(file, type, [
        edit(type, name),
        insert(at, `\ntype ${name} = ${textOf(file, type)}\n`),
      ]);
    }
  },
};

function isLocalType(file: GoFile, literal: SyntaxNode, type: string): boolean {
  const fn = functionsIn(file).find(one => within(literal, one));
  return fn !== undefined && declaredNames(file, fn).includes(type.split('.')[0]!);
}

/** Declarations, in other orders, files and names. */
export const declarationRewriters: readonly Rewriter[] = [
  reversed,
  moved,
  aliased,
  receiver,
  parameter,
  typeAlias,
];
