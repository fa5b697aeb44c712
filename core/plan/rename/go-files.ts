import { dirname } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { comparedWithName } from '../../wiring/registration/compared-name.ts';
import type { MovedFolder } from './folders.ts';
import { isWord } from './habits.ts';
import type { RenamedIdentifier } from './identifiers.ts';
import { isQualified, liesIn } from './identifiers.ts';
import type { MovedImport } from './imports.ts';
import { importEdits, movedImports } from './imports.ts';
import type { Stretch } from './regions.ts';
import type { RenamedPlan } from './renamed-plan.ts';
import { respellWords } from './respell-words.ts';
import { wordAt } from './syntax-of-file.ts';
import type { Token, TokenFile, TokenPlace } from './tokens.ts';
import { tokenFile } from './tokens.ts';

/** What is renamed in the Go files of a repository. */
export interface GoChanges {
  readonly plan: RenamedPlan;
  readonly folders: readonly MovedFolder[];
  readonly identifiers: readonly RenamedIdentifier[];
  /** Files and stretches that are about this plan alone. */
  readonly isOwn: (file: string, start: number) => boolean;
  /** Those of them in files that other code shares. */
  readonly own: readonly Stretch[];
  /** The declarations of loaders and registrations: what is called a name there is the plan's. */
  readonly near: readonly Stretch[];
  /** The literals that are the plan's name. */
  readonly literals: readonly Stretch[];
  /** Literals in which a text is a store's name. */
  readonly stores: readonly Stretch[];
}

/** The edits that rename a plan in one Go file. */
export function goEdits(changes: GoChanges, facts: FileFacts): TextEdit[] {
  const file = renamedFile(changes, facts);
  const edits = file.tokens.flatMap((token, index): TextEdit[] => {
    if (isImport(facts, token)) return [];
    const text = renamedToken(changes, { ...file, index });
    return text === undefined || text === token.text
      ? []
      : [{ start: token.start, end: token.end, text }];
  });
  return [...edits, ...importEdits(facts, file.imports)];
}

/** The comments and messages of the plan's own code in a Go file, each as it is then. */
export function ownProse(changes: GoChanges, facts: FileFacts): TextEdit[] {
  const file = renamedFile(changes, facts);
  return file.tokens.flatMap((token, index): TextEdit[] => {
    const isProse = token.kind === 'comment' ? !isDirective(token.text) : isMessage(token.text);
    if (!isProse || isImport(facts, token) || !changes.isOwn(facts.path, token.start)) return [];
    const { start, end } = token;
    return [{ start, end, text: renamedToken(changes, { ...file, index }) ?? token.text }];
  });
}

/** A file whose tokens are renamed, with its imports of moved packages. */
interface RenamedFile extends TokenFile {
  readonly imports: readonly MovedImport[];
}

/** A token of such a file. */
type RenamedPlace = RenamedFile & TokenPlace;

function renamedFile({ plan, folders }: GoChanges, facts: FileFacts): RenamedFile {
  const file = tokenFile(facts);
  return { ...file, imports: movedImports(plan, file, folders) };
}

function isImport({ imports }: FileFacts, { start }: Token): boolean {
  return imports.some(block => block.start <= start && start < block.end);
}

function renamedToken(changes: GoChanges, place: RenamedPlace): string | undefined {
  const { facts, tokens, index } = place;
  const token = tokens[index]!;
  switch (token.kind) {
    case 'comment':
      return renamedComment(changes, facts, token);
    case 'string':
    case 'raw':
      return renamedString(changes, facts, token);
    case 'word':
      return renamedWord(changes, place);
    case 'other':
      return undefined;
  }
}

function renamedComment(
  { plan, identifiers, isOwn, folders }: GoChanges,
  { path, packageEnd }: FileFacts,
  { text, start }: Token,
): string | undefined {
  if (!isOwn(path, start) || isDirective(text)) return undefined;
  const dir = dirname(path);
  const named = identifiers
    .filter(one => one.dir === dir)
    .reduce((all, { from, to }) => all.replace(inComment(from), to), text);
  const folder = start < packageEnd ? folders.find(({ from }) => from.dir === dir) : undefined;
  const packaged = folder ? named.replace(inComment(folder.from.name), folder.to.name) : named;
  return withProse(packaged, plan);
}

/** A name in a comment; where it is a word, only as what a doc comment begins with. */
function inComment(name: string): RegExp {
  return isWord(name) && /^[a-z]+$|^[A-Z][a-z]*$/.test(name)
    ? new RegExp(`(?<=^/[/*]\\s*(?:Package )?)${name}\\b`)
    : new RegExp(`\\b${name}\\b`, 'g');
}

/** A comment or message with the new name; a name that is a word may mean something else there. */
function withProse(text: string, { from, to }: RenamedPlan): string {
  return isWord(from) ? text : respellWords(text, from, to);
}

/** Comments that tools read. */
function isDirective(text: string): boolean {
  return /^\/\/(\w+:|\s*\+build)/.test(text);
}

function renamedString(
  changes: GoChanges,
  facts: FileFacts,
  { text, start }: Token,
): string | undefined {
  const { plan, isOwn } = changes;
  const value = text.slice(1, -1);
  if (value === plan.from) {
    if (!isNameAt(changes, facts, start)) return undefined;
    return text.startsWith('`') ? `\`${plan.to}\`` : quote(plan.to);
  }
  return isOwn(facts.path, start) && isMessage(text)
    ? text[0] + withProse(value, plan) + text[0]
    : undefined;
}

/** Whether a literal of the plan's name is that, and no module, store or account of that name. */
export function isNameAt(
  { plan, isOwn, near, literals, stores }: GoChanges,
  facts: FileFacts,
  start: number,
): boolean {
  const { path } = facts;
  if (liesIn(stores, path, start)) return false;
  if (liesIn(literals, path, start)) return true;
  const isNear = liesIn(near, path, start);
  if (!isNear && !isOwn(path, start)) return false;
  const compared = comparedWithName(plan.repo, facts, start);
  return compared === 'plan' || (compared === 'name' && isNear);
}

/** A text with blanks for people; others may be keys, paths or events, and those with braces data. */
function isMessage(text: string): boolean {
  return text.startsWith('"') && text.includes(' ') && !/[{}\\]/.test(text);
}

function renamedWord(
  { plan, folders, identifiers }: GoChanges,
  { facts, tokens, index, imports }: RenamedPlace,
): string | undefined {
  const token = tokens[index]!;
  const [before, after] = [tokens[index - 1]?.text, tokens[index + 1]?.text];
  const dir = dirname(facts.path);
  if (token.end === facts.packageEnd) return newClause(folders, dir, token.text);
  const isSelected = before === '.';
  const imported = imports.find(one => one.qualifier === token.text);
  if (imported && after === '.' && !isSelected)
    return wordAt(plan.repo, facts, token.start) === 'local' ? undefined : imported.newQualifier;
  if (isSelected && isQualified(plan.repo, { facts, tokens, index: index - 2 })) {
    const from = plan.repo.folderOf(facts, tokens[index - 2]!.text);
    return identifiers.find(one => one.dir === from && one.from === token.text)?.to;
  }
  const isTestOf = facts.package.endsWith('_test') && facts.path.endsWith('_test.go');
  return isTestOf
    ? undefined
    : identifiers.find(one => one.dir === dir && one.from === token.text)?.to;
}

/** The name in a package clause, with the ending of external tests. */
function newClause(
  folders: readonly MovedFolder[],
  dir: string,
  clause: string,
): string | undefined {
  const folder = folders.find(({ from }) => from.dir === dir);
  if (!folder) return undefined;
  if (clause === folder.from.name) return folder.to.name;
  return clause === `${folder.from.name}_test` ? `${folder.to.name}_test` : undefined;
}
