import type { Node } from 'web-tree-sitter';
import type { KnownStatement } from '../syntax/copy-syntax.ts';
import { copySyntax } from '../syntax/copy-syntax.ts';
import type { GoParser } from '../syntax/parser.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, findAll } from '../syntax/syntax.ts';
import type { Declaration, Unchanged } from './declarations.ts';
import { kinds, remember, unchanged } from './declarations.ts';
import type { FileFacts, Func, ImportBlock, TypeSpec, ValueSpec } from './facts.ts';
import { buildConstraint, isGenerated } from './facts.ts';

/**
 * Bodies that mention none of this cannot say anything about upgrades; copying them would cost more
 * than parsing (docs/architecture.md#how-data-flows).
 */
const words = [
  'upgrade',
  'SetStoreLoader',
  'RegisterMigration',
  'ConsensusVersion',
  'KVStoreKey',
  'TransientStoreKey',
  'MemoryStoreKey',
  'ObjectStoreKey',
  'RunMigrations',
  'SetOrder',
  'SetPreBlocker',
  'SetBeginBlocker',
  'SetModuleVersionMap',
  'MountKVStores',
  'LoadLatestVersion',
  'LoadVersion',
  'NewBaseApp',
  'NewManager',
  'BlockHeight',
  'RegisterStores',
  'Migrator',
  'InitChainer',
  'SetInitVersionMap',
];
const patterns = [
  String.raw`StoreKeys?\b`,
  String.raw`\.Load\(`,
  String.raw`\.Build\(`,
  // A first result that is a list of names, with a name or without: `) (list []string, err error)`.
  String.raw`\)\s*(\(\s*(\w+\s+)?)?\[\]string\b`,
  // A first result that is a list of modules, for a manager.
  String.raw`\)\s*\[\]\w+\.AppModule`,
];
const interesting = new RegExp([...words, ...patterns].join('|'), 'i');
const smallBody = 500;
const largeValue = 30_000;

/**
 * Reads one file. Never throws on bad Go: `syntaxError` says where it stops making sense. `before`
 * is an earlier version of the file, of which unchanged declarations are taken over.
 */
export function readFacts(
  parser: GoParser,
  path: string,
  text: string,
  before?: FileFacts,
): FileFacts {
  return parser.parse(
    text,
    (tree, open) => {
      const root = tree.rootNode;
      const facts = {
        path,
        text,
        package: '',
        packageEnd: 0,
        imports: [] as ImportBlock[],
        consts: [] as ValueSpec[],
        vars: [] as ValueSpec[],
        types: [] as TypeSpec[],
        funcs: [] as Func[],
        buildTags: buildConstraint(text),
        generated: isGenerated(text),
        syntaxError: root.hasError ? firstError(root) : open,
      };
      const known = before && unchanged(before, text);
      const all: Declaration[] = [];
      for (const node of root.namedChildren) {
        if (node.type === 'package_clause') {
          facts.package = node.namedChild(0)?.text ?? '';
          facts.packageEnd = node.endIndex;
          continue;
        }
        const declaration =
          (node.hasError
            ? undefined
            : known?.declaration(node.type, node.startIndex, node.endIndex)) ??
          readDeclaration(node, text, known);
        all.push(declaration);
        for (const kind of kinds) (facts[kind] as unknown[]).push(...declaration[kind]);
      }
      remember(facts, all);
      return facts;
    },
    before && path,
  );
}

function readDeclaration(node: Node, text: string, known?: Unchanged): Declaration {
  const found = {
    type: node.type,
    start: node.startIndex,
    end: node.endIndex,
    imports: [] as ImportBlock[],
    consts: [] as ValueSpec[],
    vars: [] as ValueSpec[],
    types: [] as TypeSpec[],
    funcs: [] as Func[],
  };
  switch (found.type) {
    case 'import_declaration':
      found.imports.push(readImports(node, text));
      break;
    case 'const_declaration':
      readValues(node, 'const_spec', found.consts);
      break;
    case 'var_declaration':
      readValues(node, 'var_spec', found.vars);
      break;
    case 'type_declaration':
      readTypes(node, found.types);
      break;
    case 'function_declaration':
    case 'method_declaration':
      found.funcs.push(readFunc(node, text, known?.statements(found.start)));
      break;
  }
  return found;
}

function readImports(node: Node, text: string): ImportBlock {
  const block = copySyntax(node);
  const written = (syntax: SyntaxNode | undefined) =>
    syntax && text.slice(syntax.start, syntax.end);
  return {
    start: block.start,
    end: block.end,
    grouped: block.children.some(c => c.type === 'import_spec_list'),
    imports: findAll(block, 'import_spec').map(spec => ({
      path: written(childByField(spec, 'path'))?.slice(1, -1) ?? '',
      alias: written(childByField(spec, 'name')),
      start: spec.start,
      end: spec.end,
    })),
  };
}

/** What a constant without values repeats: those of the one before, type included. */
interface Carried {
  readonly values: readonly (SyntaxNode | undefined)[];
  readonly type: SyntaxNode | undefined;
}

const nothing: Carried = { values: [], type: undefined };

function readValues(node: Node, kind: 'const_spec' | 'var_spec', into: ValueSpec[]): void {
  const declaration = { start: node.startIndex, end: node.endIndex, grouped: isGrouped(node) };
  let carried = nothing;
  for (const spec of node.descendantsOfType(kind)) {
    if (!isOwnSpec(spec, node)) continue;
    const list = spec.childForFieldName('value');
    const inherited = kind === 'const_spec' && !list ? carried : nothing;
    const type = spec.childForFieldName('type');
    const read: Carried = {
      values: list ? valuesOf(list) : inherited.values,
      type: type ? copySyntax(type) : inherited.type,
    };
    if (list) carried = read;
    const names = spec.childrenForFieldName('name').filter(name => name.isNamed);
    for (const [i, name] of names.entries())
      into.push({
        name: name.text,
        value: read.values[i],
        type: read.type,
        start: spec.startIndex,
        end: spec.endIndex,
        declaration,
        nameStart: name.startIndex,
        nameEnd: name.endIndex,
      });
  }
}

/** Whether a declaration has parentheses around its specs. */
function isGrouped(declaration: Node): boolean {
  const afterKeyword = declaration.child(1)?.type;
  return afterKeyword === '(' || afterKeyword === 'var_spec_list';
}

/** Only the declaration's own specs count: a closure inside a var's value may declare more. */
function isOwnSpec(spec: Node, declaration: Node): boolean {
  const { parent } = spec;
  return parent?.id === declaration.id || parent?.parent?.id === declaration.id;
}

/** The values of a spec, without the syntax of very large ones. */
function valuesOf(list: Node): (SyntaxNode | undefined)[] {
  return list.namedChildren
    .filter(value => value.type !== 'comment')
    .map(value =>
      value.endIndex - value.startIndex <= largeValue ? copySyntax(value) : undefined,
    );
}

function readTypes(node: Node, into: TypeSpec[]): void {
  for (const spec of node.namedChildren) {
    if (spec.type !== 'type_spec' && spec.type !== 'type_alias') continue;
    const type = spec.childForFieldName('type');
    if (type)
      into.push({
        name: spec.childForFieldName('name')?.text ?? '',
        alias: spec.type === 'type_alias',
        syntax: copySyntax(type),
        start: spec.startIndex,
        end: spec.endIndex,
      });
  }
}

function readFunc(node: Node, text: string, known?: KnownStatement): Func {
  const name = node.childForFieldName('name')!;
  const parameter = node
    .childForFieldName('receiver')
    ?.namedChildren.find(c => c.type === 'parameter_declaration');
  const type = parameter?.childForFieldName('type');
  const body = text.slice(node.startIndex, node.endIndex);
  return {
    name: name.text,
    nameStart: name.startIndex,
    nameEnd: name.endIndex,
    receiver: type
      ? {
          name: parameter?.childForFieldName('name')?.text ?? '',
          type: type.text.replace(/^\*/, '').replace(/\[.*/, ''),
          pointer: type.type === 'pointer_type',
        }
      : undefined,
    start: node.startIndex,
    end: node.endIndex,
    syntax:
      body.length <= smallBody || interesting.test(body) ? copySyntax(node, known) : undefined,
  };
}

/**
 * The whole syntax of the function at an offset, also of one whose body is of no interest to a
 * reader.
 */
export function readFunction(
  parser: GoParser,
  text: string,
  start: number,
): SyntaxNode | undefined {
  return parser.parse(text, tree => {
    const node = tree.rootNode.namedChildren.find(n => n.startIndex === start);
    return node ? copySyntax(node) : undefined;
  });
}

/**
 * The first place where the parser had to give up or to invent something: the innermost error, for
 * the outer ones may span the file.
 */
function firstError(root: Node): number | undefined {
  const queue: Node[] = [root];
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node.isMissing) return node.startIndex;
    const inner = node.children.filter(child => child.hasError || child.isError || child.isMissing);
    if (node.isError && inner.length === 0) return node.startIndex;
    queue.unshift(...inner);
  }
  return undefined;
}
