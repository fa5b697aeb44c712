import type { Eras } from '../../chain/eras/eras.ts';
import { filesNaming } from '../../chain/eras/switches.ts';
import { removeAligned } from '../../edit/aligned-line.ts';
import { lineEnd, lineStart } from '../../go/edit/edit.ts';
import { literalBody, removeElement } from '../../go/edit/repairs.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { codeOnly } from '../../go/source/code-only.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Draft } from '../draft.ts';
import { plansSinceRelease } from '../guard/pending.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Step } from '../task.ts';
import { behaviourOf, ownFunction } from './behaviours.ts';
import { erasOfRelease } from './released.ts';
import { constantLine, placeAt } from './supported.ts';
import { testBlocksOf } from './test-blocks.ts';

/** The step that takes the behaviour of an era out. Throws `Refusal` where that would fork nodes. */
export function retireSteps(
  input: PlanInput,
  eras: Eras | undefined,
  name: string,
): readonly Step[] {
  const { repo } = input.analysis;
  if (!eras) throw new Refusal('this chain has no eras');
  const upgrade = pendingUpgrade(input, eras, name);
  const supported = eras.supported.flatMap(one => (one.name === name ? [] : (one.name ?? [])));
  return [
    {
      name: `retire the era ${name}`,
      apply(draft) {
        const gone = takeOut(draft, repo, eras, name);
        refuseUsers(repo, eras, name, gone);
        draft.tidy.push((file, text) => withoutUnusedImports(repo, file, text));
        draft.note(
          `the height of ${upgrade} has to be behind the first block of ${supported[0]!}, on every ` +
            'network: nodes that sync from the first block run the binary before it until there',
        );
        const { length } = eras.switches;
        return [{ kind: 'era', dir: input.app.dir, supported, switches: length }];
      },
    },
  ];
}

/** The upgrade that the era goes with. */
function pendingUpgrade(input: PlanInput, eras: Eras, name: string): string {
  const at = eras.supported.findIndex(one => one.name === name);
  const file = eras.definition.facts.path;
  if (!eras.isWhole)
    throw new Refusal(`Supported in ${eras.dir} cannot be read as a whole: write it out`, { file });
  if (at < 0) throw new Refusal(`${name} is no era that this release supports`, { file });
  const oldest = eras.supported[0]?.name ?? '';
  if (at > 0)
    throw new Refusal(`${oldest} comes before ${name}: eras are retired in their order`, { file });
  if (at === eras.supported.length - 1)
    throw new Refusal(
      `no newer era than ${name} is supported: the chain would have no behaviour left`,
      { file },
    );
  const [pending] = plansSinceRelease(input);
  if (pending !== undefined) {
    const next = eras.supported[1]!.name!;
    if (erasOfRelease(input)?.supported.some(one => one.name === next)) return pending;
    throw new Refusal(
      `${input.base!.ref} does not know ${next}, so no network is in it at the height of ` +
        `${pending}: retire ${name} with the first upgrade after ${next} has begun`,
      { file },
    );
  }
  throw new Refusal(
    (input.base ? 'no upgrade is pending' : 'there is no release to tell a pending upgrade by') +
      `: nodes that sync from the first block could not change to a binary without ${name}; ` +
      `write the upgrade first (chain-upgrade new NAME${input.base ? '' : ', --base REF'})`,
    { file },
  );
}

/** What is taken out of a file. */
interface Gone {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

function takeOut(draft: Draft, repo: Repo, eras: Eras, name: string): Gone[] {
  const gone: Gone[] = [];
  const left: string[] = [];
  const take = (facts: FileFacts, node: Pick<SyntaxNode, 'start' | 'end'>, act: () => void) => {
    gone.push({ file: facts.path, start: node.start, end: node.end });
    act();
  };
  const { edits } = draft;
  const constant = eras.constants.find(one => one.name === name);
  if (constant) {
    const { facts, spec } = constant.definition;
    const place = placeAt(spec.declaration.grouped ? spec : spec.declaration);
    take(facts, place, () => removeAligned(edits, facts, place, constantLine));
  }
  const listed = eras.supported.find(one => one.name === name)!.expr;
  take(listed.facts, listed.node, () => removeElement(edits, listed.facts, listed.node));
  for (const element of sinceEntries(repo, eras, name))
    take(element.facts, element.node, () => removeAligned(edits, element.facts, element.node));
  for (const one of eras.switches) {
    const behaviour = behaviourOf(repo, one, name);
    const element = behaviour.key.expr.node.parent!;
    const { facts } = behaviour.body;
    take(facts, element, () => {
      if (isAlone(facts, element)) removeAligned(edits, facts, element);
      else removeElement(edits, facts, element);
    });
    const own = ownFunction(repo, behaviour);
    if (own) {
      gone.push(own);
      edits.edit(own.file, own.start, own.end, '');
    } else if (behaviour.func) left.push(behaviour.func.func.name);
    for (const { facts: test, statement } of testBlocksOf(repo, one, name))
      take(test, statement, () =>
        edits.edit(
          test.path,
          lineStart(test.text, statement.start),
          lineEnd(test.text, statement.end),
          '',
        ),
      );
  }
  for (const func of left)
    draft.note(`${func} was the behaviour of ${name} and has other users: it stays`);
  return gone;
}

/** Whether an element has its line for itself. */
function isAlone({ text }: FileFacts, { start, end }: SyntaxNode): boolean {
  if (text.slice(start, end).includes('\n')) return false;
  const isFirst = text.slice(lineStart(text, start), start).trim() === '';
  return isFirst && /^,?\s*(\/\/.*)?$/.test(text.slice(end, lineEnd(text, end)).trimEnd());
}

function sinceEntries(
  repo: Repo,
  { dir, constants }: Eras,
  name: string,
): { facts: FileFacts; node: SyntaxNode }[] {
  const since = repo.value(dir, 'Since');
  const body = since?.spec.value && literalBody(since.spec.value);
  const ident = constants.find(one => one.name === name)?.ident;
  if (!since || !body) return [];
  const { facts } = since;
  return namedChildren(body)
    .filter(({ children: [key] }) => key && facts.text.slice(key.start, key.end) === ident)
    .map(node => ({ facts, node }));
}

/** Refuses, naming them, while other code speaks of the era, tests included. */
function refuseUsers(repo: Repo, eras: Eras, name: string, gone: readonly Gone[]): void {
  const ident = eras.constants.find(one => one.name === name)?.ident;
  if (ident === undefined) return;
  const word = new RegExp(`\\b${ident}\\b`, 'g');
  const files = [
    ...filesNaming(repo, eras.dir, new RegExp(word.source)),
    ...testsNaming(repo, eras.dir, ident),
  ];
  const users = files.flatMap(facts =>
    [...codeOnly(facts.text).matchAll(word)].flatMap(({ index }) => {
      const isGone = gone.some(
        one => one.file === facts.path && one.start <= index && index < one.end,
      );
      const { file, line } = locationOf(facts, { start: index, end: index });
      return isGone ? [] : [`${file}:${line}`];
    }),
  );
  const [first] = users;
  if (first === undefined) return;
  const shown = [...new Set(users)].slice(0, 8).join(', ');
  throw new Refusal(
    `${ident} is still used: ${shown}${users.length > 8 ? ' …' : ''}; take that out first`,
    {
      file: first.replace(/:\d+$/, ''),
    },
  );
}

/** The test files of the framework, or that import it, with that word. */
function testsNaming(repo: Repo, dir: string, ident: string): FileFacts[] {
  const path = repo.importPath(dir);
  const isOf = (file: string, text: string) =>
    file.endsWith('_test.go') &&
    text.includes(ident) &&
    (file.startsWith(`${dir}/`) || (path !== undefined && text.includes(`"${path}"`)));
  return [...repo.texts]
    .filter(([file, text]) => isOf(file, text))
    .map(([file]) => repo.facts(file)!);
}
