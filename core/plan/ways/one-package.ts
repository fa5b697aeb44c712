import { dirname } from '../../files.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import { textOf } from '../../go/eval/value.ts';
import { callArguments, childByField, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerShape } from '../handler/handler-shape.ts';
import { makerCall } from '../handler/maker-call.ts';
import { behindBlank, partsOfFile, reachedFrom } from '../package/package-parts.ts';
import { replaceBody, replaceName } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { lossNote } from '../upgrade/newest-only.ts';
import { replaceStores } from './in-place.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R13: one upgrade package that is rewritten at every release. Name, handler and stores (S7, S3)
 * are replaced; parameters, helpers and imports that only the old handler used go.
 */
export const onePackage: Way = { codes: ['R13'], single: true, insert: rewritePackage };

function rewritePackage(job: Job): AllowedChange {
  const { repo, changes } = job;
  const old = job.wiring.registrations.find(r => r.code === 'R13')!;
  const shape = old.handler && handlerShape(repo, old.handler, nameOf(old));
  if (!shape?.maker || dirname(shape.facts.path) !== old.package)
    throw new Refusal(
      `the handler of ${nameOf(old)} is not made by a function of ${old.package} that can be rewritten; use --convert`,
      { file: old.place.facts.path },
    );
  replaceName(job, changes, old);
  const body = replaceBody(job, changes, shape, [shape]);
  keepParameters(job, old, shape, body);
  replaceStores(job, old);
  removeHelpers(job, old, shape);
  job.tidy.push((file, text) => withoutUnusedImports(repo, file, text));
  job.notes.push(
    `${old.package} was rewritten in place, as this chain does at every release: git keeps ${nameOf(old)}. What its handler did is not repeated.`,
    ...lossNote(job, old),
  );
  if (job.test)
    job.notes.push(
      `No test is written: ${old.package} holds one upgrade at a time, and its tests are yours.`,
    );
  return { replaces: nameOf(old) };
}

/** Leaves the parameters that the new body uses, and what the app gives for them. */
function keepParameters(
  { changes }: Job,
  old: Registration,
  { facts, maker }: HandlerShape,
  body: string,
): void {
  const { parameters, node } = maker!;
  const list = childByField(node, 'parameters')!;
  const kept = parameters.list
    .map((_, i) => i)
    .filter(
      i =>
        parameters.list[i]!.name !== '' &&
        new RegExp(`\\b${parameters.list[i]!.name}\\b`).test(body),
    );
  const call = old.handler && withoutParens(old.handler.node);
  if (
    kept.length === parameters.list.length ||
    call?.type !== 'call_expression' ||
    callArguments(call).length !== parameters.list.length
  )
    return;
  const texts = kept.map(i => parameters.list[i]!.text);
  const many = parameters.text.includes('\n');
  changes.edit(
    facts.path,
    list.start,
    list.end,
    many ? `(\n${texts.map(t => `\t${t},\n`).join('')})` : `(${texts.join(', ')})`,
  );
  const { text, path } = old.handler!.facts;
  const callee = childByField(call, 'function')!;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', call.start) + 1))![0];
  changes.edit(
    path,
    call.start,
    call.end,
    makerCall(call, text, textOf({ facts: old.handler!.facts, node: callee }), kept)
      .split('\n')
      .map((line, i) => (i === 0 || line === '' ? line : indent + line))
      .join('\n'),
  );
}

/**
 * Takes out the unexported functions that only the old handler needed; tests that speak of one keep
 * it.
 */
function removeHelpers(
  { repo, changes }: Job,
  old: Registration,
  { facts, maker }: HandlerShape,
): void {
  const after = repo.with(changes.texts());
  const own = (r: typeof repo) => r.filesOf(old.package).flatMap(partsOfFile);
  const before = own(repo);
  const needed = reachedFrom(
    before,
    before.filter(p => p.facts === facts && p.names.includes(maker!.name ?? '')),
  );
  const now = own(after);
  const left = reachedFrom(
    now,
    now.filter(
      p =>
        p.receiver !== undefined ||
        p.names.some(n => /^[A-Z]/.test(n) || n === 'init' || n === '_'),
    ),
  );
  const names = new Set([...left].flatMap(p => p.names));
  const tested = [...repo.texts]
    .filter(([file]) => file.endsWith('_test.go') && dirname(file) === old.package)
    .map(([, text]) => text)
    .join('\n');
  const stranded = [...needed].filter(part => {
    const name = part.names[0]!;
    return (
      part.receiver === undefined &&
      part.names.length === 1 &&
      /^[a-z]/.test(name) &&
      !names.has(name) &&
      !new RegExp(`\\b${name}\\b`).test(tested)
    );
  });
  for (const { text, path } of new Set(stranded.map(part => part.facts))) {
    for (const { start, end } of runs(
      stranded.filter(part => part.facts.path === path),
      text,
    )) {
      changes.edit(
        path,
        end >= text.length ? text.slice(0, start).trimEnd().length + 1 : start,
        end,
        '',
      );
    }
  }
}

/** Declarations with the blank lines behind them; those that follow one another are one. */
function runs(
  parts: readonly { readonly start: number; readonly end: number }[],
  text: string,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && start <= last.end) last.end = behindBlank(text, end);
    else found.push({ start, end: behindBlank(text, end) });
  }
  return found;
}
