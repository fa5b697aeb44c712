import type { Node } from 'web-tree-sitter';
import { copySyntax } from './syntax.ts';
import type { Syn } from './syntax.ts';
import type { GoParser } from './parser.ts';

/** One import of a file. */
export interface Import {
  readonly path: string;
  /** The name written before the path, `_` and `.` included. */
  readonly alias: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** `import "x"` or `import ( … )`. */
export interface ImportBlock { readonly start: number; readonly end: number; readonly grouped: boolean; readonly imports: readonly Import[] }

/** A constant or variable of the package. */
export interface ValueSpec {
  readonly name: string;
  /** Its value's syntax, absent where none is written or it is too large to be of interest. */
  readonly value: Syn | undefined;
  readonly type: Syn | undefined;
  /** The whole spec, and the declaration that holds it. */
  readonly start: number;
  readonly end: number;
  readonly declaration: { readonly start: number; readonly end: number; readonly grouped: boolean };
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** A type of the package; `syntax` is its right-hand side. */
export interface TypeSpec { readonly name: string; readonly syntax: Syn; readonly start: number; readonly end: number }

/** A function or method of the package. */
export interface Func {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly receiver: { readonly name: string; readonly type: string; readonly pointer: boolean } | undefined;
  readonly start: number;
  readonly end: number;
  /** The whole declaration's syntax, where the body could matter to an upgrade. */
  readonly syntax: Syn | undefined;
}

/** What one Go file says, as plain data. */
export interface FileFacts {
  readonly path: string;
  readonly text: string;
  readonly package: string;
  /** End of the package clause's name. */
  readonly packageEnd: number;
  readonly imports: readonly ImportBlock[];
  readonly consts: readonly ValueSpec[];
  readonly vars: readonly ValueSpec[];
  readonly types: readonly TypeSpec[];
  readonly funcs: readonly Func[];
  /** The `//go:build` expression (or `+build` lines), as written. */
  readonly buildTags: string | undefined;
  /** True for files with the "Code generated … DO NOT EDIT." line. */
  readonly generated: boolean;
  /** Where the parser first stumbled. */
  readonly syntaxError: number | undefined;
}

/** Bodies that mention none of this cannot say anything about upgrades; copying them would cost more than parsing (DESIGN 3). */
const interesting = /upgrade|SetStoreLoader|RegisterMigration|ConsensusVersion|KVStoreKey|TransientStoreKey|MemoryStoreKey|ObjectStoreKey|StoreKeys?\b|RunMigrations|SetOrder|SetPreBlocker|SetBeginBlocker|SetModuleVersionMap|MountKVStores|LoadLatestVersion|LoadVersion|\.Load\(|NewBaseApp|\.Build\(|NewManager|BlockHeight|RegisterStores|Migrator|InitChainer|SetInitVersionMap|\)\s*\[\]string\s*\{/i;
const smallBody = 500;
const largeValue = 30_000;

/** Reads one file. Never throws on bad Go: `syntaxError` says where it stops making sense. */
export function readFacts(parser: GoParser, path: string, text: string): FileFacts {
  return parser.parse(text, tree => {
    const root = tree.rootNode;
    const facts = {
      path, text, package: '', packageEnd: 0,
      imports: [] as ImportBlock[], consts: [] as ValueSpec[], vars: [] as ValueSpec[], types: [] as TypeSpec[], funcs: [] as Func[],
      buildTags: buildConstraint(text), generated: isGenerated(text),
      syntaxError: root.hasError ? firstError(root) : undefined,
    };
    for (const node of root.namedChildren) {
      if (!node) continue;
      switch (node.type) {
        case 'package_clause':
          facts.package = node.namedChild(0)?.text ?? '';
          facts.packageEnd = node.endIndex;
          break;
        case 'import_declaration': facts.imports.push(readImports(node)); break;
        case 'const_declaration': readValues(node, 'const_spec', facts.consts); break;
        case 'var_declaration': readValues(node, 'var_spec', facts.vars); break;
        case 'type_declaration': readTypes(node, facts.types); break;
        case 'function_declaration': case 'method_declaration': facts.funcs.push(readFunc(node, text)); break;
      }
    }
    return facts;
  });
}

function readImports(node: Node): ImportBlock {
  const specs = node.descendantsOfType('import_spec');
  return {
    start: node.startIndex, end: node.endIndex,
    grouped: node.namedChildren.some(c => c?.type === 'import_spec_list'),
    imports: specs.flatMap(spec => spec ? [{
      path: spec.childForFieldName('path')?.text.slice(1, -1) ?? '',
      alias: spec.childForFieldName('name')?.text,
      start: spec.startIndex, end: spec.endIndex,
    }] : []),
  };
}

function readValues(node: Node, kind: string, into: ValueSpec[]): void {
  const declaration = { start: node.startIndex, end: node.endIndex, grouped: node.text.slice(0, 40).replace(/^\w+\s*/, '').startsWith('(') };
  let carried: { values: (Syn | undefined)[]; type: Syn | undefined } | undefined;
  for (const spec of node.descendantsOfType(kind)) {
    // Only the declaration's own specs: a closure inside a var's value may declare more.
    if (!spec || (spec.parent?.id !== node.id && spec.parent?.parent?.id !== node.id)) continue;
    const names = spec.childrenForFieldName('name').filter(n => n && n.isNamed);
    const type = spec.childForFieldName('type');
    const list = spec.childForFieldName('value');
    // In a const declaration a spec without values repeats the one before, type included.
    const repeats = !list && kind === 'const_spec';
    const values = list
      ? list.namedChildren.filter(v => v && v.type !== 'comment').map(v => v && v.endIndex - v.startIndex <= largeValue ? copySyntax(v) : undefined)
      : repeats ? carried?.values ?? [] : [];
    const typeSyntax = type ? copySyntax(type) : repeats ? carried?.type : undefined;
    if (list) carried = { values, type: typeSyntax };
    names.forEach((name, i) => {
      if (name) into.push({
        name: name.text, value: values[i], type: typeSyntax,
        start: spec.startIndex, end: spec.endIndex, declaration, nameStart: name.startIndex, nameEnd: name.endIndex,
      });
    });
  }
}

function readTypes(node: Node, into: TypeSpec[]): void {
  for (const spec of node.namedChildren) {
    if (!spec || (spec.type !== 'type_spec' && spec.type !== 'type_alias')) continue;
    const type = spec.childForFieldName('type');
    if (type) into.push({ name: spec.childForFieldName('name')?.text ?? '', syntax: copySyntax(type), start: spec.startIndex, end: spec.endIndex });
  }
}

function readFunc(node: Node, text: string): Func {
  const name = node.childForFieldName('name')!;
  const parameter = node.childForFieldName('receiver')?.namedChildren.find(c => c?.type === 'parameter_declaration');
  const type = parameter?.childForFieldName('type');
  const body = text.slice(node.startIndex, node.endIndex);
  return {
    name: name.text, nameStart: name.startIndex, nameEnd: name.endIndex,
    receiver: type ? {
      name: parameter?.childForFieldName('name')?.text ?? '',
      type: type.text.replace(/^\*/, '').replace(/\[.*/, ''),
      pointer: type.type === 'pointer_type',
    } : undefined,
    start: node.startIndex, end: node.endIndex,
    syntax: body.length <= smallBody || interesting.test(body) ? copySyntax(node) : undefined,
  };
}

/** The first place where the parser had to give up or to invent something: the innermost error, for the outer ones may span the file. */
function firstError(root: Node): number | undefined {
  const queue: Node[] = [root];
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node.isMissing) return node.startIndex;
    const inner = node.children.filter((c): c is Node => !!c && (c.hasError || c.isError || c.isMissing));
    if (node.isError && inner.length === 0) return node.startIndex;
    queue.unshift(...inner);
  }
  return undefined;
}

/** What stands above the package clause: the place for build constraints and for the mark of generated files. */
function head(text: string): string {
  const end = text.search(/^\uFEFF?package\s/m);
  return (end < 0 ? text : text.slice(0, end)).replace(/^\uFEFF/, '');
}

function buildConstraint(text: string): string | undefined {
  const above = head(text);
  const modern = /^\/\/go:build\s+(.+?)\s*$/m.exec(above);
  if (modern) return modern[1];
  const old = [...above.matchAll(/^\/\/\s*\+build\s+(.+?)\s*$/gm)].map(m => m[1]);
  return old.length ? old.join(' && ') : undefined;
}

/** The line that marks generated files (https://go.dev/s/generatedcode). */
export function isGenerated(text: string): boolean {
  return /^\/\/ Code generated .* DO NOT EDIT\.\r?$/m.test(head(text));
}

/** True for files that no build takes in: `//go:build ignore`, as programs beside a package have it. */
export function isIgnored(text: string): boolean {
  return /^\/\/(go:build|\s*\+build)\s+ignore\s*$/m.test(head(text));
}

/** All imports of a file. */
export function importsOf(facts: FileFacts): Import[] {
  return facts.imports.flatMap(block => block.imports);
}
