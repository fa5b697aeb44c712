import { lineEnd } from '../go/edit.ts';
import type { FileFacts, ValueSpec } from '../go/facts.ts';
import { quote } from '../go/syntax.ts';
import type { Job } from './job.ts';
import { Refused } from './job.ts';

/** Declares a name constant behind a neighbour's: in its group, or as a declaration of its own below. UpgradeInfo goes with it. */
export function addNameConstant(job: Job, neighbour: { facts: FileFacts; spec: ValueSpec }, ident: string): void {
  const { facts, spec } = neighbour, { text, path } = facts;
  if ([...facts.consts, ...facts.vars].some(s => s.name === ident)) throw new Refused(`${ident} is declared already in ${path}; choose another name`, { file: path });
  const info = job.info === undefined ? [] : [`// ${ident}Info tells cosmovisor where to download the binaries.`, `${ident}Info = \`${job.info}\``];
  if (spec.declaration.grouped) {
    const comment = aligned(text, spec) ? [] : [`// ${ident} defines the on-chain name of the upgrade ${job.name}.`];
    const at = lineEnd(text, spec.end);
    const lines = [...comment, `${ident} = ${quote(job.name)}`, ...info];
    job.changes.edit(path, at, at, `${comment.length || info.length ? '\n' : ''}${lines.map(l => '\t' + l + '\n').join('')}`);
    return;
  }
  const at = lineEnd(text, spec.declaration.end);
  const keyword = facts.consts.includes(spec) ? 'const' : 'var';
  const extra = info.length ? `\n${info[0]}\nconst ${info[1]}\n` : '';
  job.changes.edit(path, at, at, `\n// ${ident} defines the on-chain name of the upgrade ${job.name}.\n${keyword} ${ident} = ${quote(job.name)}\n${extra}`);
}

/** Whether the group's specs follow each other without comments: then one more line, and gofmt's column if it has one. */
function aligned(text: string, spec: ValueSpec): boolean {
  return /\w {2,}=/.test(text.slice(spec.start, spec.end));
}
