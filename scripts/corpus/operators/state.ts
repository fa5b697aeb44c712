import { handlersOf } from '../../../core/chain/app/handler-code.ts';
import type { Module } from '../../../core/chain/chain.ts';
import { basename } from '../../../core/files.ts';
import type { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import { firstOf, replaced } from './nodes.ts';
import type { Case, Operator } from './operator.ts';

/** Mistakes in what a module has stored. */
export const stateOperators: readonly Operator[] = [
  {
    name: 'give a key prefix another value',
    rules: ['state-prefix-changed'],
    breaks: given => firstOf(modulesLeftAlone(given), module => otherPrefix(given.repo, module)),
  },
  {
    name: 'make a parameter a time',
    rules: ['params-changed-without-migration'],
    breaks: given => firstOf(modulesLeftAlone(given), module => otherType(given.repo, module)),
  },
];

/** The modules with a version that the newest upgrade's handler does not speak of. */
function modulesLeftAlone({ repo, app, chain, newest, wiringOf }: Case): Module[] {
  const handler = handlersOf(repo, app, wiringOf(app)).find(({ upgrade }) => upgrade === newest);
  if (!handler) return [];
  const text = handler.facts.text.toLowerCase();
  return chain.modules.filter(
    ({ consensusVersion, dir }) =>
      consensusVersion !== null && /(^|\/)x\/\w+$/.test(dir) && !text.includes(basename(dir)),
  );
}

/** `[]byte{0x02}` of a prefix that the keeper uses. */
function otherPrefix(repo: Repo, { dir }: Module): EditBatch | undefined {
  return firstOf(repo.filesOf(`${dir}/types`, /= \[\]byte\{0x/), ({ path, text }) =>
    firstOf([...text.matchAll(/\b(\w+Prefix)(\s+= \[\]byte\{)(0x\w\w)\}/g)], found => {
      const [, name, between, byte] = found;
      const isUsed = repo
        .filesOf(`${dir}/keeper`)
        .some(facts => facts.text.includes(`types.${name!}`));
      const start = found.index + name!.length + between!.length;
      const range = { start, end: start + byte!.length };
      return isUsed ? replaced(repo, path, range, '0xfa') : undefined;
    }),
  );
}

/**
 * `limit uint64` of NewParams, where it becomes a field as it is: a time, which nothing reads that was
 * stored of a number, in whatever form.
 */
function otherType(repo: Repo, { dir }: Module): EditBatch | undefined {
  const maker = repo.func(`${dir}/types`, 'NewParams');
  if (!maker) return undefined;
  const { facts, func } = maker;
  const text = facts.text.slice(func.start, func.end);
  return firstOf(
    [...text.matchAll(/([(,]\s*)(\w+) (u?int64|\w+\.LegacyDec)(?=\s*[,)])/g)],
    found => {
      const [, before, name, type] = found;
      if (!new RegExp(`\\w+:\\s+${name!},`).test(text)) return undefined;
      const start = func.start + found.index + before!.length + name!.length + 1;
      return replaced(repo, facts.path, { start, end: start + type!.length }, 'time.Time');
    },
  );
}
