import { dirname } from '../../files.ts';
import { indentRest, lineStart } from '../../go/edit/edit.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callArguments, childByField, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { hasWord, nodeText } from '../go-tree.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { makerCall } from '../handler/maker-call.ts';
import type { Part } from '../package/package-parts.ts';
import { behindBlank, partsOfFile, reachedFrom } from '../package/package-parts.ts';
import { replaceBody, replaceName } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { replaceStores } from './replaced-stores.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R13: one upgrade package that is rewritten at every release. Name, handler and stores (S7, S3)
 * are replaced; parameters, helpers and imports that only the old handler used go.
 */
export const onePackage: Way = { codes: ['R13'], single: true, insert: rewritePackage };

function rewritePackage(job: Job): AllowedChange {
  const { repo, changes } = job;
  const old = job.wiring.registrations.find(r => r.code === 'R13')!;
  const shape = registeredHandler(repo, old);
  if (!shape?.maker || dirname(shape.facts.path) !== old.package)
    throw new Refusal(
      `the handler of ${nameOf(old)} is not made by a function of ${old.package} that can be ` +
        'rewritten',
      { file: old.place.facts.path },
    );
  replaceName(job, changes, old);
  const body = replaceBody(job, changes, shape, [shape]);
  keepParameters(job, old, shape, body);
  replaceStores(job, old);
  removeHelpers(job, old, shape);
  job.tidy.push((file, text) => withoutUnusedImports(repo, file, text));
  job.notes.push(
    `${old.package} was rewritten in place, as this chain does at every release: ` +
      `git keeps ${nameOf(old)}. What its handler did is not repeated.`,
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
  { handler }: Registration,
  { facts, maker }: HandlerShape,
  body: string,
): void {
  const { parameters, node } = maker!;
  const { list } = parameters;
  const call = handler && withoutParens(handler.node);
  if (!handler || call?.type !== 'call_expression') return;
  const kept = [...list.keys()].filter(i => list[i]!.name !== '' && hasWord(body, list[i]!.name));
  const given = callArguments(call);
  if (kept.length === list.length || given.length !== list.length) return;

  const texts = kept.map(i => list[i]!.text);
  const written = childByField(node, 'parameters')!;
  const newList = parameters.text.includes('\n')
    ? `(\n${texts.map(text => `\t${text},\n`).join('')})`
    : `(${texts.join(', ')})`;
  changes.edit(facts.path, written.start, written.end, newList);

  const { text, path } = handler.facts;
  const callee = nodeText(handler.facts, childByField(call, 'function'));
  const newCall = makerCall(call, text, callee, kept);
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, call.start)))![0];
  changes.edit(path, call.start, call.end, indentRest(newCall, indent));
}

/**
 * Takes out the unexported functions that only the old handler needed; a function that a test
 * mentions stays.
 */
function removeHelpers(
  { repo, changes }: Job,
  old: Registration,
  { facts, maker }: HandlerShape,
): void {
  const before = repo.filesOf(old.package).flatMap(partsOfFile);
  const isMaker = (part: Part) => part.facts === facts && part.names.includes(maker!.name ?? '');
  const needed = [...reachedFrom(before, before.filter(isMaker))];
  const used = namesInUse(repo.with(changes.texts()), old.package);
  const tests = testsOf(repo, old.package);
  const stranded = needed.filter(({ receiver, names }) => {
    const [name, ...more] = names;
    const isUnexported = receiver === undefined && more.length === 0 && /^[a-z]/.test(name!);
    return isUnexported && !used.has(name!) && !hasWord(tests, name!);
  });
  for (const { text, path } of new Set(stranded.map(part => part.facts))) {
    const parts = stranded.filter(part => part.facts.path === path);
    for (const { start, end } of runs(parts, text)) {
      // At the end of the file the blank lines above go too.
      const from = end >= text.length ? text.slice(0, start).trimEnd().length + 1 : start;
      changes.edit(path, from, end, '');
    }
  }
}

/** The names of what a package's exported declarations, methods and `init` need. */
function namesInUse(repo: Repo, dir: string): ReadonlySet<string> {
  const parts = repo.filesOf(dir).flatMap(partsOfFile);
  const roots = parts.filter(
    ({ receiver, names }) =>
      receiver !== undefined || names.some(name => /^([A-Z]|init$|_$)/.test(name)),
  );
  return new Set([...reachedFrom(parts, roots)].flatMap(part => part.names));
}

/** The text of a package's tests. */
function testsOf({ texts }: Repo, dir: string): string {
  return [...texts]
    .filter(([file]) => file.endsWith('_test.go') && dirname(file) === dir)
    .map(([, text]) => text)
    .join('\n');
}

/** Declarations with the blank lines behind them; those that follow one another are one. */
function runs(
  parts: readonly { readonly start: number; readonly end: number }[],
  text: string,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const part of [...parts].sort((a, b) => a.start - b.start)) {
    const end = behindBlank(text, part.end);
    const last = found.at(-1);
    if (last && part.start <= last.end) last.end = end;
    else found.push({ start: part.start, end });
  }
  return found;
}
