import { dirname } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { nodeText } from '../go-tree.ts';
import type { Job } from '../upgrade/job.ts';
import type { SpecAt } from './declarations.ts';

/**
 * Declares a name constant below a neighbour's: in its group, or as a declaration of its own. The
 * constant for UpgradeInfo goes with it.
 */
export function addNameConstant(job: Job, { facts, spec }: SpecAt, ident: string): void {
  const { path } = facts;
  if ([...facts.consts, ...facts.vars].some(s => s.name === ident))
    throw new Refusal(`${ident} is declared already in ${path}; choose another name`, {
      file: path,
    });
  if (spec.declaration.grouped) addToGroup(job, { facts, spec }, ident);
  else addDeclaration(job, { facts, spec }, ident);
}

function addDeclaration(job: Job, { facts, spec }: SpecAt, ident: string): void {
  const keyword = facts.consts.includes(spec) ? 'const' : 'var';
  const declared = declaration(job, { facts, spec }, ident);
  insert(
    job,
    facts,
    lineEnd(facts.text, spec.declaration.end),
    `\n${nameComment(job, ident)}\n${keyword} ${declared}\n${infoDeclaration(job, ident)}`,
  );
}

function addToGroup(job: Job, { facts, spec }: SpecAt, ident: string): void {
  const { text } = facts;
  const info = infoDeclaration(job, ident);
  if (info) insert(job, facts, lineEnd(text, spec.declaration.end), info);
  // gofmt keeps the values of successive lines in a column: a name that fits into it takes its
  // place there, a longer one a paragraph of its own.
  const column = /^\w+ *(?==)/.exec(text.slice(spec.nameStart, spec.end))?.[0].length ?? 0;
  const after = lineEnd(text, spec.end);
  if (!hasComment(text, spec) && ident.length < column) {
    insert(job, facts, after, `\t${ident.padEnd(column)}= ${quote(job.name)}\n`);
    return;
  }
  const isLast = /^[ \t]*(\r?\n|\))/.test(text.slice(after));
  insert(
    job,
    facts,
    after,
    `\n\t${nameComment(job, ident)}\n\t${declaration(job, { facts, spec }, ident)}\n${isLast ? '' : '\n'}`,
  );
}

/** `Ident = "name"`, with the type that the neighbour's constant is declared with. */
function declaration({ name }: Job, { facts, spec }: SpecAt, ident: string): string {
  const type = spec.type ? ` ${nodeText(facts, spec.type)}` : '';
  return `${ident}${type} = ${quote(name)}`;
}

function insert(job: Job, { path }: FileFacts, offset: number, text: string): void {
  job.changes.edit(path, offset, offset, text);
}

function hasComment(text: string, spec: ValueSpec): boolean {
  return commentAbove(text, spec.start) !== '';
}

function nameComment({ name }: Job, ident: string): string {
  return `// ${ident} defines the on-chain name of the upgrade ${name}.`;
}

/** The constant for UpgradeInfo below a name constant; `''` without one. */
function infoDeclaration({ info }: Job, nameIdent: string): string {
  if (info === undefined) return '';
  const ident = `${nameIdent}Info`;
  return (
    `\n// ${ident} tells cosmovisor where to download the binaries.\n` +
    `const ${ident} = \`${info}\`\n`
  );
}

/** Says that no constant holds UpgradeInfo: the chain has none for its upgrades' names. */
export function noteInfo(job: Job): void {
  if (job.info !== undefined)
    job.notes.push(
      'This chain declares no constants for its upgrades, so none was written for the binaries. ' +
        `The plan's info is: ${job.info}`,
    );
}

/** UpgradeInfo beside the name's declaration; an older one is replaced. */
export function writeInfo(
  job: Job,
  changes: EditBatch,
  facts: FileFacts,
  spec: ValueSpec | undefined,
): void {
  if (job.info === undefined) return;
  const old = job.repo.value(dirname(facts.path), 'UpgradeInfo');
  if (old?.spec.value) {
    const { start, end } = old.spec.value;
    changes.edit(old.facts.path, start, end, `\`${job.info}\``);
    return;
  }
  if (!spec) {
    noteInfo(job);
    return;
  }
  const below = lineEnd(facts.text, spec.declaration.end);
  const comment = '// UpgradeInfo tells cosmovisor where to download the binaries.';
  changes.edit(facts.path, below, below, `\n${comment}\nconst UpgradeInfo = \`${job.info}\`\n`);
}
