import type { Tree } from 'web-tree-sitter';
import { Language, Parser, Query } from 'web-tree-sitter';
import { Documents } from './documents.ts';
import { startRuntime } from './wasm.ts';

/** The two wasm files, handed in as bytes so that the engine needs no disk. */
export interface ParserAssets {
  readonly runtime: Uint8Array;
  readonly go: Uint8Array;
}

/** A Go parser. One is enough for a process. */
export interface GoParser {
  /**
   * Parses the text, gives the tree to `use` and frees it afterwards. Texts that are versions of
   * one `document` are parsed faster: of the last few documents the tree is kept, and only what
   * changed is parsed anew. The tree is the same either way, but for what is made of the place of
   * an error: the header of a statement that has no block yet is no error there, and `open` says
   * where it begins.
   */
  parse<T>(text: string, use: (tree: Tree, open?: number) => T, document?: string): T;
  /** Runs a compiled query once over a tree; compiled queries are kept. */
  query(source: string): Query;
}

let started: Promise<void> | undefined;

/**
 * Starts the parser. Throws what the wasm runtime throws when the bytes are not what they should
 * be.
 */
export async function startParser(assets: ParserAssets): Promise<GoParser> {
  started ??= startRuntime(assets.runtime);
  try {
    await started;
  } catch (error) {
    started = undefined;
    throw error;
  }
  const language = await Language.load(assets.go);
  const parser = new Parser();
  parser.setLanguage(language);
  const queries = new Map<string, Query>();
  const documents = new Documents(parser);
  return {
    parse(text, use, document) {
      // A byte order mark is no Go; a blank in its place keeps every offset.
      const source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
      const before = document === undefined ? undefined : documents.textOf(document);
      const next = document === undefined ? undefined : documents.next(document, source);
      let tree = next?.tree ?? treeOf(parser, source);
      // Where the text before had the same ones and no error, they are not what is wrong.
      const plainer =
        tree.rootNode.hasError && (before === undefined || newsIn(before) !== newsIn(source))
          ? source.replace(newOfValue, 'nEw(')
          : source;
      if (plainer !== source) {
        tree.delete();
        tree = treeOf(parser, plainer);
      } else if (document !== undefined && next?.open === undefined && !tree.rootNode.hasError) {
        documents.keep(document, source, tree);
        return use(tree);
      }
      try {
        return use(tree, next?.open);
      } finally {
        tree.delete();
      }
    },
    query(source) {
      let query = queries.get(source);
      if (!query) {
        query = new Query(language, source);
        queries.set(source, query);
      }
      return query;
    },
  };
}

/**
 * Since Go 1.26 `new` takes a value too; the grammar knows only types there. Any other name of that
 * length is a plain call to it.
 */
const newOfValue = /\bnew\((?!\s*(?:[[*)]|map\b|chan\b|struct\b|func\b|interface\b))/g;

/** The calls of `new` in question, with what they are given. */
function newsIn(text: string): string {
  return [...text.matchAll(newOfValue)]
    .map(({ index }) => text.slice(index, text.indexOf(')', index) + 1))
    .join();
}

function treeOf(parser: Parser, source: string): Tree {
  const tree = parser.parse(source);
  if (!tree) throw new Error('the Go parser gave no tree');
  return tree;
}
