import { commentStart } from '../../go/edit/comment-above.ts';
import { lineStart } from '../../go/edit/edit.ts';
import type { Func } from '../../go/source/facts.ts';
import { callsOf, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { functionsOf } from '../../wiring/call-sites.ts';
import type { FuncAt } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';

/** A register function with an empty body that the app already calls. */
export function emptyRegister(job: Job): FuncAt | undefined {
  const functions = functionsOf(job.repo, job.app.dir);
  const isCalled = (name: string) =>
    functions.some(({ facts, func }) => callsOf(func.syntax, facts.text, name).length > 0);
  return functions.find(
    ({ func }) =>
      func.receiver?.type === job.app.type &&
      /upgrade/i.test(func.name) &&
      /handler|upgrades$/i.test(func.name) &&
      isEmpty(func) &&
      isCalled(func.name),
  );
}

function isEmpty({ syntax }: Func): boolean {
  return (
    syntax !== undefined &&
    namedChildren(childByField(syntax, 'body')).length === 0 &&
    !childByField(syntax, 'result')
  );
}

/** What is written into and around an empty register function. */
export interface StubCode {
  readonly above: string;
  readonly body: string;
  readonly below: string | undefined;
}

/** Fills an empty register function; a comment in its body stays. */
export function fillStub(
  job: Job,
  { facts, func }: FuncAt,
  { above, body, below }: StubCode,
): void {
  const { text, path } = facts;
  const block = childByField(func.syntax, 'body')!;
  const inner = text.slice(block.start + 1, block.end - 1);
  const kept = inner.trim() ? `\n${inner.replace(/^\s*\n/, '').trimEnd()}` : '';
  const behind = below ? `\n\n${below}` : '';
  job.changes.edit(path, block.start, block.end, `{${kept}\n\t${body}\n}${behind}`);
  const line = lineStart(text, func.start);
  const comment = commentStart(text, line);
  // A comment that says nothing is registered is no longer true.
  const isStale = /\b(nothing|empty|no-?op|none|no)\b/i.test(text.slice(comment, line));
  const newComment =
    `// ${func.name} registers the handlers of all upgrades. ` +
    'It must run before the app loads its stores.\n';
  job.changes.edit(
    path,
    comment,
    isStale ? line : comment,
    `${above}\n\n${isStale ? newComment : ''}`,
  );
}
