import { dirname } from '../../files.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { isComparedWithName } from '../../wiring/registration/compared-name.ts';
import type { MovedFolder } from './folders.ts';
import type { RenamedIdentifier } from './identifiers.ts';
import { isQualified, liesIn } from './identifiers.ts';
import type { MovedImport } from './imports.ts';
import { importEdits, movedImports } from './imports.ts';
import type { Stretch } from './regions.ts';
import type { RenamedPlan } from './renamed-plan.ts';
import { respellWords } from './respell-words.ts';
import { wordAt } from './syntax-of-file.ts';
import type { Token } from './tokens.ts';
import { tokensOf } from './tokens.ts';

/** What is renamed in the Go files of a repository. */
export interface GoChanges {
  readonly plan: RenamedPlan;
  readonly folders: readonly MovedFolder[];
  readonly identifiers: readonly RenamedIdentifier[];
  /** Files and stretches that are about this plan alone. */
  readonly isOwn: (file: string, start: number) => boolean;
  /** Declarations in which something that is compared with the name is compared with the plan's. */
  readonly near: readonly Stretch[];
  /** The literals that are the plan's name. */
  readonly literals: readonly Stretch[];
  /** Literals in which a text is a store's name. */
  readonly stores: readonly Stretch[];
}

/** The edits that rename a plan in one Go file. */
export function goEdits(changes: GoChanges, facts: FileFacts): TextEdit[] {
  const tokens = tokensOf(facts.text);
  const imports = movedImports(changes.plan, facts, changes.folders, tokens);
  const blocks = facts.imports;
  const isImport = ({ start }: Token) =>
    blocks.some(block => block.start <= start && start < block.end);
  const edits = tokens.flatMap((token, i): TextEdit[] => {
    if (isImport(token)) return [];
    const text = renamedToken(changes, facts, tokens, i, imports);
    return text === undefined || text === token.text
      ? []
      : [{ start: token.start, end: token.end, text }];
  });
  return [...edits, ...importEdits(facts, imports)];
}

function renamedToken(
  changes: GoChanges,
  facts: FileFacts,
  tokens: readonly Token[],
  index: number,
  imports: readonly MovedImport[],
): string | undefined {
  const token = tokens[index]!;
  switch (token.kind) {
    case 'comment':
      return renamedComment(changes, facts, token);
    case 'string':
    case 'raw':
      return renamedString(changes, facts, token);
    case 'word':
      return renamedWord(changes, facts, tokens, index, imports);
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
    .reduce((all, { from, to }) => all.replace(new RegExp(`\\b${from}\\b`, 'g'), to), text);
  const folder = start < packageEnd ? folders.find(({ from }) => from.dir === dir) : undefined;
  const packaged = folder
    ? named.replace(new RegExp(`\\b${folder.from.name}\\b`, 'g'), folder.to.name)
    : named;
  return respellWords(packaged, plan.from, plan.to);
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
    ? text[0] + respellWords(value, plan.from, plan.to) + text[0]
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
  const isNear = isOwn(path, start) || liesIn(near, path, start);
  return isNear && isComparedWithName(plan.repo, facts, start);
}

/** A text with blanks for people; others may be keys, paths or events, and those with braces data. */
function isMessage(text: string): boolean {
  return text.startsWith('"') && text.includes(' ') && !/[{}\\]/.test(text);
}

function renamedWord(
  { plan, folders, identifiers }: GoChanges,
  facts: FileFacts,
  tokens: readonly Token[],
  index: number,
  imports: readonly MovedImport[],
): string | undefined {
  const token = tokens[index]!;
  const [before, after] = [tokens[index - 1]?.text, tokens[index + 1]?.text];
  const dir = dirname(facts.path);
  if (token.end === facts.packageEnd) return newClause(folders, dir, token.text);
  const isSelected = before === '.';
  const imported = imports.find(one => one.qualifier === token.text);
  if (imported && after === '.' && !isSelected)
    return wordAt(plan.repo, facts, token.start) === 'local' ? undefined : imported.newQualifier;
  if (isSelected && isQualified(plan.repo, facts, tokens, index - 2)) {
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
