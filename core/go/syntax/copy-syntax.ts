import type { Language, Node, TreeCursor } from 'web-tree-sitter';
import type { SyntaxNode } from './syntax.ts';

/** The children of the many nodes that have none. */
const none: never[] = [];

interface Growing {
  type: string;
  start: number;
  end: number;
  field: string | undefined;
  children: Growing[];
  parent: Growing | undefined;
}

/**
 * Gives a copy of its own of a statement that an earlier version has of that type between these
 * offsets, with the same text.
 */
export type KnownStatement = (type: string, start: number, end: number) => SyntaxNode | undefined;

/**
 * Copies the node and everything below it. No recursion: a file may nest deeper than JavaScript's
 * stack is high. Statements of a function's own block that are `known` are taken over; copying in
 * JavaScript costs much less than asking the parser.
 */
export function copySyntax(node: Node, known?: KnownStatement): SyntaxNode {
  const cursor = node.walk();
  try {
    const broken = known !== undefined && node.hasError;
    const sound: KnownStatement | undefined =
      known &&
      ((...place) => {
        const found = known(...place);
        return found && broken && cursor.currentNode.hasError ? undefined : found;
      });
    const { fields } = node.tree.language;
    const kinds = kindsOf(node.tree.language);
    const kind = kinds[cursor.nodeTypeId] ?? error;
    const root: Growing = {
      type: kind.type,
      start: cursor.startIndex,
      end: cursor.endIndex,
      field: undefined,
      children: [],
      parent: undefined,
    };
    const levels: Level[] = [];
    let below: Level | undefined =
      kind.copied === 'whole'
        ? undefined
        : { into: root, inherited: undefined, named: kind.fields };
    for (;;) {
      if (below && cursor.gotoFirstChild()) levels.push(below);
      else {
        while (levels.length > 0 && !cursor.gotoNextSibling()) {
          cursor.gotoParent();
          levels.pop();
        }
      }
      const level = levels.at(-1);
      if (!level) return root;
      below = copyAt(
        cursor,
        level,
        kinds,
        fields,
        sound && level.into.type === 'block' && level.into.parent === root ? sound : undefined,
      );
    }
  } finally {
    cursor.delete();
  }
}

/**
 * Where the children of a node are copied to, the role they take over from a wrapper that is left
 * out, and whether they may have one of their own.
 */
interface Level {
  readonly into: Growing;
  readonly inherited: string | undefined;
  readonly named: boolean;
}

/**
 * Copies the cursor's node without its children; where these are wanted, gives back where they go.
 * Every question to the cursor costs: few are asked.
 */
function copyAt(
  cursor: TreeCursor,
  { into, inherited, named }: Level,
  kinds: readonly Kind[],
  fields: readonly (string | null)[],
  known?: KnownStatement,
): Level | undefined {
  const kind = kinds[cursor.nodeTypeId] ?? error;
  if (kind.copied === 'never') return undefined;
  const field = (named ? fields[cursor.currentFieldId] : undefined) ?? inherited;
  if (kind.copied === 'as operator' && field !== 'operator') return undefined;
  if (kind.copied === 'children only') return { into, inherited: field, named: kind.fields };
  const alone = kind.copied === 'whole';
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const found = alone ? undefined : (known?.(kind.type, start, end) as Growing | undefined);
  if (found) {
    found.parent = into;
    into.children.push(found);
    return undefined;
  }
  const copy: Growing = {
    type: kind.type,
    start,
    end,
    field,
    children: alone ? none : [],
    parent: into,
  };
  into.children.push(copy);
  return alone ? undefined : { into: copy, inherited: undefined, named: kind.fields };
}

/** How nodes of one type are copied, and whether their children have roles. */
interface Kind {
  readonly type: string;
  readonly copied: 'with children' | 'whole' | 'children only' | 'as operator' | 'never';
  readonly fields: boolean;
}

const error: Kind = { type: 'ERROR', copied: 'with children', fields: true };
const transparent = new Set(['literal_element', 'statement_list']);
/** Types without children, and strings: their text says it all. */
const whole = new Set([
  'interpreted_string_literal',
  'raw_string_literal',
  'identifier',
  'blank_identifier',
  'field_identifier',
  'package_identifier',
  'type_identifier',
  'label_name',
  'int_literal',
  'float_literal',
  'imaginary_literal',
  'rune_literal',
  'nil',
  'true',
  'false',
  'iota',
  'comment',
]);
/** Types whose children have no roles. */
const plain = new Set([
  'argument_list',
  'block',
  'expression_list',
  'field_declaration_list',
  'literal_element',
  'literal_value',
  'parameter_list',
  'statement_list',
]);
const tables = new WeakMap<Language, readonly Kind[]>();

/** The kinds of a language's nodes, by type number. */
function kindsOf(language: Language): readonly Kind[] {
  let kinds = tables.get(language);
  if (!kinds) {
    kinds = Array.from(language.types, (type, id): Kind => {
      const copied = copiedHow(type, language.nodeTypeIsNamed(id));
      return { type: type || 'ERROR', copied, fields: !plain.has(type) };
    });
    tables.set(language, kinds);
  }
  return kinds;
}

function copiedHow(type: string, isNamed: boolean): Kind['copied'] {
  if (!isNamed) return /^[-+*/%&|^<>=!]+$/.test(type) ? 'as operator' : 'never';
  if (whole.has(type)) return 'whole';
  return transparent.has(type) ? 'children only' : 'with children';
}
