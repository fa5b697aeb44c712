import { compareNames } from '../../chain/app/plan-names.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { registrationsAreRead, registrationsNotRead } from '../unread.ts';

/**
 * A proposal in the tree names a plan that no handler has, and that is still to come: the binary
 * of this code stops at its height, as the old one does (docs/background/sdk.md#proposals).
 */
export const proposalWithoutHandler: Rule = {
  name: 'proposal-without-handler',
  severity: 'error',
  summary: 'a proposal names a plan that no handler is registered for',
  leftToDo: true,
  repair: 'Register a handler under the name of the proposal, or correct the name there.',
  notJudged: subject =>
    proposedPlans(subject.repo).length > 0 ? registrationsNotRead(subject) : [],
  *check(context) {
    if (context.apps.length === 0 || !context.apps.every(registrationsAreRead)) return;
    const known = knownNames(context);
    for (const { file, text, name, start } of proposedPlans(context.repo)) {
      if (isToCome(name, known)) yield finding(file, text, name, start);
    }
  },
};

/** A plan that a file proposes. */
interface ProposedName {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  /** Where its name is in the file. */
  readonly start: number;
}

/** The plans of proposals in the tree. A proposal that cancels has none. */
function proposedPlans(repo: Repo): ProposedName[] {
  return repo.otherPaths.flatMap(file => {
    if (!/(^|\/)[^/]*proposal[^/]*\.json$/i.test(file)) return [];
    const text = repo.texts.get(file)!;
    if (!text.includes('oftwareUpgrade')) return [];
    return planNames(text).flatMap(name => {
      const start = text.indexOf(JSON.stringify(name));
      return start < 0 ? [] : [{ file, text, name, start }];
    });
  });
}

/** The names of plans in a proposal of any form. */
function planNames(text: string): string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  const { messages, content, value } = record(json);
  const wrapped = [json, content, record(record(value)['content'])['value']];
  const each = Array.isArray(messages) ? messages : [];
  return [...wrapped, ...each, ...each.map(message => record(message)['content'])].flatMap(one => {
    const { name } = record(record(one)['plan']);
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

/** The names that are registered now, or were at the last release. */
function knownNames({ apps }: RuleContext): string[] {
  return apps
    .flatMap(({ app, base }) => [...app.upgrades, ...(base?.app.upgrades ?? [])])
    .flatMap(({ name, registered }) => (registered && name !== null ? [name] : []));
}

/**
 * Whether a plan is newer than all that are known. Others were carried out long ago, and their
 * handlers taken out, or belong to another numbering.
 */
function isToCome(name: string, known: readonly string[]): boolean {
  if (known.includes(name) || known.length === 0) return false;
  return known.every(other => (compareNames(name, other) ?? -1) > 0);
}

function finding(file: string, text: string, name: string, start: number): Finding {
  const end = start + JSON.stringify(name).length;
  return {
    location: locationOf({ path: file, text }, { start, end }),
    message: `no handler is registered for the plan ${JSON.stringify(name)} of this proposal`,
    consequence:
      `once it has passed, nodes stop at its height with UPGRADE "${name}" NEEDED, ` +
      'and a binary of this code stops there too',
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
