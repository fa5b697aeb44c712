import { dirname } from '../../files.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Job } from '../upgrade/job.ts';

/**
 * Declares a name constant behind a neighbour's: in its group, or as a declaration of its own
 * below. UpgradeInfo goes with it.
 */
export function addNameConstant(
  job: Job,
  neighbour: { facts: FileFacts; spec: ValueSpec },
  ident: string,
): void {
  const { facts, spec } = neighbour;
  const { text, path } = facts;
  if ([...facts.consts, ...facts.vars].some(s => s.name === ident))
    throw new Refusal(`${ident} is declared already in ${path}; choose another name`, {
      file: path,
    });
  const end = lineEnd(text, spec.declaration.end);
  const info =
    job.info === undefined
      ? ''
      : `\n// ${ident}Info tells cosmovisor where to download the binaries.\nconst ${ident}Info = \`${job.info}\`\n`;
  if (!spec.declaration.grouped) {
    const keyword = facts.consts.includes(spec) ? 'const' : 'var';
    job.changes.edit(
      path,
      end,
      end,
      `\n// ${ident} defines the on-chain name of the upgrade ${job.name}.\n${keyword} ${ident} = ${quote(job.name)}\n${info}`,
    );
    return;
  }
  if (info) job.changes.edit(path, end, end, info);
  // gofmt keeps the values of successive lines in a column: a name that fits into it takes its
  // place there, a longer one a paragraph of its own.
  const column = /^\w+ *(?==)/.exec(text.slice(spec.nameStart, spec.end))?.[0].length ?? 0;
  const commented = /^\s*\/\//.test(
    text.slice(lineStart(text, lineStart(text, spec.start) - 1), spec.start),
  );
  const after = lineEnd(text, spec.end);
  if (!commented && ident.length < column) {
    job.changes.edit(path, after, after, `\t${ident.padEnd(column)}= ${quote(job.name)}\n`);
    return;
  }
  const next = text.slice(after);
  const gap = /^[ \t]*(\r?\n|\))/.test(next) ? '' : '\n';
  job.changes.edit(
    path,
    after,
    after,
    `\n\t// ${ident} defines the on-chain name of the upgrade ${job.name}.\n\t${ident} = ${quote(job.name)}\n${gap}`,
  );
}

/** Where the name is no constant there is no place for UpgradeInfo either. */
export function noteInfo(job: Job): void {
  if (job.info !== undefined)
    job.notes.push(
      `This chain declares no constants for its upgrades, so none was written for the binaries. The plan's info is: ${job.info}`,
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
  if (old?.spec.value)
    changes.edit(old.facts.path, old.spec.value.start, old.spec.value.end, `\`${job.info}\``);
  else if (spec) {
    const at = lineEnd(facts.text, spec.declaration.end);
    changes.edit(
      facts.path,
      at,
      at,
      `\n// UpgradeInfo tells cosmovisor where to download the binaries.\nconst UpgradeInfo = \`${job.info}\`\n`,
    );
  } else noteInfo(job);
}
