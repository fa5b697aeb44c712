import { dirname } from '../../../core/files.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import { childByField, childrenByField, findAll } from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { isConstrained, onlyExpression, ownLines, textOf, withDoc } from '../go-file.ts';
import { freshName, mentionedNames } from '../names.ts';
import type { Project } from '../project.ts';
import type { Rewriter } from '../rewriter.ts';
import { append, edit, insert, replacing, rewritersOf, rewriting } from '../rewriter.ts';

/** A package's constant that is a string literal, and stands for itself. */
interface Constant {
  readonly declaration: SyntaxNode;
  readonly spec: SyntaxNode;
  readonly grouped: boolean;
  readonly name: string;
  readonly nameNode: SyntaxNode;
  readonly value: SyntaxNode;
  readonly typed: boolean;
}

function constantsIn(file: GoFile): Constant[] {
  return file.root.children
    .filter(({ type }) => type === 'const_declaration')
    .flatMap(declaration => constantsOf(file, declaration));
}

function constantsOf(file: GoFile, declaration: SyntaxNode): Constant[] {
  const specs = declaration.children.filter(({ type }) => type === 'const_spec');
  // A spec without a value repeats the one above it.
  const isPlain = specs.every(spec => childByField(spec, 'value'));
  if (!isPlain || findAll(declaration, 'iota').length > 0) return [];
  return specs.flatMap(spec => {
    const [nameNode, ...others] = childrenByField(spec, 'name');
    const value = onlyExpression(spec, 'value');
    const isString = value?.type === 'interpreted_string_literal';
    if (!nameNode || others.length > 0 || !isString) return [];
    return [
      {
        declaration,
        spec,
        grouped: /^const\s*\(/.test(textOf(file, declaration)),
        name: textOf(file, nameNode),
        nameNode,
        value,
        typed: childByField(spec, 'type') !== undefined,
      },
    ];
  });
}

/** A rewriter of constants that are string literals without a type. */
const constantRewriter = rewritersOf(file => constantsIn(file).filter(({ typed }) => !typed));

/** Takes the constant out of its place; undefined where it shares its line. */
function removal(file: GoFile, { declaration, spec, grouped }: Constant) {
  const lines = ownLines(file, grouped ? spec : withDoc(file, declaration));
  return lines && edit(lines, '');
}

function movedTo(file: GoFile, constant: Constant, head: string, stem: string) {
  const removed = removal(file, constant);
  if (!removed || constant.name === '_' || isConstrained(file)) return undefined;
  const name = freshName(stem, file, constant.spec);
  const text = `${head}package ${packageOf(file)}\n\nconst ${textOf(file, constant.spec)}\n`;
  const path = `${dirname(file.path)}/${name}.go`.replace(/^\.?\//, '');
  return rewriting(file, constant.spec, [removed], new Map([[path, text]]));
}

function packageOf(file: GoFile): string {
  const clause = file.root.children.find(({ type }) => type === 'package_clause')!;
  return textOf(file, clause.children[0]!);
}

function exported(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const toPackage = constantRewriter('a constant from a new package', (file, constant, project) => {
  const own = project.importPath(file);
  const { name, value, spec } = constant;
  if (own === undefined || name === '_' || /\/\*|\/\//.test(textOf(file, spec))) return undefined;
  const moved = freshName('names', file, spec);
  const clause = file.root.children.find(({ type }) => type === 'package_clause')!;
  const line = file.text.indexOf('\n', clause.end) + 1;
  const member = exported(name.replace(/^_+/, '')) || 'Name';
  const text = `package ${moved}\n\nconst ${member} = ${textOf(file, value)}\n`;
  const path = `${dirname(file.path)}/${moved}/names.go`.replace(/^\.?\//, '');
  return rewriting(
    file,
    spec,
    [insert(line, `\nimport "${own}/${moved}"\n`), edit(value, `${moved}.${member}`)],
    new Map([[path, text]]),
  );
});

/** A variable cannot stand where a constant must: in other constants, in lengths of arrays. */
function isNeeded(name: string, own: SyntaxNode, project: Project): boolean {
  return project.mentioning(name).some(file =>
    [
      ...findAll(file.root, 'const_spec'),
      ...findAll(file.root, 'array_type'),
      ...findAll(file.root, 'expression_case'),
    ].some(node => {
      if (node === own) return false;
      if (node.type === 'expression_case') return false;
      const values = childByField(node, 'value') ?? childByField(node, 'length');
      if (!values) return false;
      return new RegExp(`\\b${name}\\b`).test(textOf(file, values));
    }),
  );
}

const toVariable = constantRewriter('a variable for a constant', (file, constant, project) => {
  const { declaration, spec, grouped, name } = constant;
  if (isNeeded(name, spec, project)) return undefined;
  const text = textOf(file, spec);
  if (!grouped) {
    const keyword = { start: declaration.start, end: declaration.start + 'const'.length };
    return rewriting(file, spec, [edit(keyword, 'var')]);
  }
  const removed = removal(file, constant);
  return removed && rewriting(file, spec, [removed, append(file, `var ${text}`)]);
});

const ungrouped = constantRewriter('a constant out of its group', (file, constant) => {
  const removed = constant.grouped ? removal(file, constant) : undefined;
  const text = textOf(file, constant.spec);
  return removed && rewriting(file, constant.spec, [removed, append(file, `const ${text}`)]);
});

const grouped = constantRewriter('a constant in a group', (file, constant) => {
  const { declaration, spec } = constant;
  if (constant.grouped) return undefined;
  return replacing(file, declaration, `const (\n\t${textOf(file, spec)}\n)`);
});

const typed = constantRewriter('a constant with its type', (file, { nameNode }) =>
  rewriting(file, nameNode, [insert(nameNode.end, ' string')]),
);

const throughAnother = constantRewriter('a constant by way of another', (file, { spec, value }) => {
  const other = freshName('base', file, spec);
  const declared = append(file, `const ${other} = ${textOf(file, value)}`);
  return rewriting(file, spec, [edit(value, other), declared]);
});

/** Two constants on successive lines become one declaration of two. */
const together: Rewriter = {
  name: 'two constants in one declaration',
  *places(file) {
    const constants = constantsIn(file).filter(constant => !constant.typed);
    for (let i = 0; i + 1 < constants.length; i += 2) {
      const [a, b] = [constants[i]!, constants[i + 1]!];
      const [first, second] = a.grouped ? [a.spec, b.spec] : [a.declaration, b.declaration];
      const between = file.text.slice(first.end, second.start);
      if (a.grouped !== b.grouped || between.trim() !== '') continue;
      if (a.grouped && a.declaration !== b.declaration) continue;
      if (mentionedNames(file, b.value).size > 0) continue;
      const values = `${textOf(file, a.value)}, ${textOf(file, b.value)}`;
      const text = `${a.grouped ? '' : 'const '}${a.name}, ${b.name} = ${values}`;
      yield replacing(file, { start: first.start, end: second.end }, text);
    }
  },
};

/** Constants, written in other ways and places. */
export const constantRewriters: readonly Rewriter[] = [
  typed,
  grouped,
  ungrouped,
  throughAnother,
  together,
  toVariable,
  constantRewriter('a constant in another file', (file, constant) =>
    movedTo(file, constant, '', 'constant'),
  ),
  constantRewriter('a constant in a file with a build constraint', (file, constant) =>
    movedTo(file, constant, '//go:build linux || !linux\n\n', 'tagged'),
  ),
  toPackage,
];
