import { dirname } from '../../files.ts';
import { localDefinition } from '../eval/value.ts';
import type { Repo } from '../repo/repo.ts';
import type { FileFacts, ImportBlock } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, descend } from '../syntax/syntax.ts';
import { applyEdits } from './edit.ts';
import type { ImportSpec } from './imports.ts';
import { addImports, qualifierOf } from './imports.ts';

/**
 * The package qualifiers a file's code uses: names before a dot that nothing in the file defines.
 */
export function qualifiersUsed(facts: FileFacts): Set<string> {
  const used = new Set<string>();
  const visit = (node: SyntaxNode) => {
    for (const n of descend(node)) {
      const name = (x: SyntaxNode) => facts.text.slice(x.start, x.end);
      if (n.type === 'qualified_type') used.add(name(childByField(n, 'package')!));
      if (n.type !== 'selector_expression') continue;
      const operand = childByField(n, 'operand');
      if (operand?.type === 'identifier' && !localDefinition(operand, name(operand), facts.text))
        used.add(name(operand));
    }
  };
  for (const spec of [...facts.consts, ...facts.vars])
    for (const n of [spec.value, spec.type]) if (n) visit(n);
  for (const type of facts.types) visit(type.syntax);
  for (const func of facts.funcs) if (func.syntax) visit(func.syntax);
  return used;
}

/** What a new Go file is put together from. */
export interface FileParts {
  readonly path: string;
  /** Everything before the package clause: licence, lint directives. */
  readonly header: string;
  readonly packageClause: string;
  /** The declarations, without imports. */
  readonly body: string;
  /** The file whose import block is followed: grouping, order and aliases. */
  readonly like?: FileFacts;
  /** What each qualifier stands for, where `like` does not say. */
  readonly imports: ReadonlyMap<string, ImportSpec>;
}

/**
 * Puts a Go file together with exactly the imports it uses. Throws where a qualifier is known to
 * nobody.
 */
export function assemble(repo: Repo, file: FileParts): string {
  const bare = `${file.header}${file.packageClause}\n\n${file.body.trim()}\n`;
  const trial = repo.with([[file.path, bare]]);
  const written = trial.facts(file.path)!;
  const used = qualifiersUsed(written);
  // A body that is of no interest to a reader has no syntax: there the names that are to be had are
  // looked for.
  const unread = written.funcs
    .filter(f => !f.syntax)
    .map(f => bare.slice(f.start, f.end))
    .join('\n');
  for (const name of file.imports.keys())
    if (new RegExp(`(?<![.\\w])${name}\\.`).test(unread)) used.add(name);
  for (const name of declaredNames(trial, file.path)) used.delete(name);
  const dir = dirname(file.like?.path ?? file.path);
  const block = file.like?.imports.filter(b => b.grouped).at(-1) ?? file.like?.imports.at(-1);
  const head = file.like && block ? followed(repo, dir, file.like, block, used) : '';
  const declarations = [file.packageClause, head, file.body.trim()].filter(part => part !== '');
  const text = `${file.header}${declarations.join('\n\n')}\n`;
  const wanted = [...used].map(name => file.imports.get(name) ?? fail(name, file.path));
  const facts = repo.with([[file.path, text]]).facts(file.path)!;
  return applyEdits(text, addImports(facts, wanted, repo.modOf(dirname(file.path))?.module));
}

/**
 * The import declaration of another file with what is used of it alone, which is then taken out of
 * `used`; `''` where nothing is.
 */
function followed(
  repo: Repo,
  dir: string,
  like: FileFacts,
  block: ImportBlock,
  used: Set<string>,
): string {
  const written = like.text.slice(block.start, block.end).replaceAll('\r\n', '\n');
  const specs = block.imports.map(one => ({
    text: like.text.slice(one.start, one.end),
    name: qualifierOf(repo, dir, one),
  }));
  if (!block.grouped) return specs[0] && used.delete(specs[0].name) ? written : '';
  const lines = written.split('\n');
  const kept = lines.filter((line, i) => {
    if (i === 0 || i === lines.length - 1) return true;
    const spec = specs.find(({ text }) => line.includes(text));
    return spec ? used.delete(spec.name) : line.trim() === '';
  });
  const declaration = kept.join('\n');
  return declaration.includes('"') ? withoutGaps(declaration) : '';
}

/** An import declaration without the blank lines that imports which were left out leave behind. */
function withoutGaps(declaration: string): string {
  return declaration
    .replace(/\n(\s*\n)+/g, '\n\n')
    .replace(/^import \(\n\s*\n/, 'import (\n')
    .replace(/\n\s*\n\)$/, '\n)');
}

/** What a file's package declares itself: `Upgrade.Name` is no import's. */
function declaredNames(repo: Repo, path: string): string[] {
  return [...repo.filesOf(dirname(path)), repo.facts(path)!].flatMap(f =>
    [...f.consts, ...f.vars, ...f.types, ...f.funcs.filter(fn => !fn.receiver)].map(d => d.name),
  );
}

function fail(name: string, path: string): never {
  throw new Error(`${path} would use ${name}, whose import is not known`);
}
