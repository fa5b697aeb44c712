import { keeperFields } from '../../chain/app/keepers.ts';
import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport, telling } from '../../go/edit/imports-in-use.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import { baseOf } from './module.ts';

/**
 * A place in an app's code where something new is called: what its neighbours are called with there
 * is what the new one can be called with.
 */
export interface Scope {
  readonly facts: FileFacts;
  /** The arguments of the constructors that are called in the same function, before the place. */
  readonly given: readonly GoNode[];
  /** The parameters of that function, with their types as written. */
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  /** What the app's keepers are reached by there, such as `app` or `appKeepers`. */
  readonly owner: string | undefined;
  /** The name of the app itself there. */
  readonly app: string | undefined;
}

/** The scope of a place in a function; `until` is the offset before which a neighbour must end. */
export function scopeIn(
  repo: Repo,
  app: App,
  { facts, fn, until }: { facts: FileFacts; fn: SyntaxNode; until: number },
): Scope {
  const given = findAll(fn, 'call_expression')
    .filter(({ end }) => end <= until)
    .map(node => goNode({ facts, node }))
    .filter(({ callee }) => callee && /^New\w+/.test(callee.name))
    .flatMap(call => call.arguments);
  const around = goNode({ facts, node: fn });
  return {
    facts,
    given,
    parameters: parametersOf(around, 'parameters'),
    owner: ownerIn(repo, app, given),
    app: appIn(app, around, dirname(facts.path)),
  };
}

/** The receiver, the parameter or the variable that holds the app. */
function appIn({ dir, type }: App, fn: GoNode, here: string): string | undefined {
  if (here !== dir) return undefined;
  const declared = [...parametersOf(fn, 'receiver'), ...parametersOf(fn, 'parameters')];
  const given = declared.find(one => one.type.replace(/^\*/, '') === type);
  return given?.name ?? new RegExp(`\\b(\\w+)\\s*:?=\\s*&${type}\\{`).exec(fn.text)?.[1];
}

function parametersOf(
  fn: GoNode,
  role: 'receiver' | 'parameters',
): { name: string; type: string }[] {
  const list = fn.field(role)?.children ?? [];
  return list.flatMap(declaration => {
    const type = declaration.field('type')?.text ?? '';
    return declaration.children
      .filter(({ node }) => node.field === 'name')
      .map(({ text }) => ({ name: text, type }));
  });
}

/** What most of the keepers among some arguments are reached by. */
function ownerIn(repo: Repo, app: App, given: readonly GoNode[]): string | undefined {
  const fields = new Set(keeperFields(repo, app.dir, app.type).map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const argument of given) {
    const bare = argument.withoutParens.withoutAddressOf;
    if (bare.type !== 'selector_expression' || !fields.has(bare.name)) continue;
    const owner = bare.operand!.text;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Go text and the imports it needs. */
export interface Code {
  readonly text: string;
  readonly imports: readonly ImportSpec[];
}

/**
 * A name of another package as a file writes it: by the import the file has, by the alias that is
 * asked for, as the app's files near import it, else by the alias that chains habitually give such a
 * package.
 */
export function qualified(
  repo: Repo,
  app: Pick<App, 'dir'>,
  facts: FileFacts,
  path: string,
  name: string,
  alias?: string,
): Code {
  const here = dirname(facts.path);
  if (repo.importPath(here) === path) return { text: name, imports: [] };
  const found = alias === undefined ? telling(aliasInUse(repo, app.dir, path)) : undefined;
  const wanted = found ?? { path, alias: alias ?? habitualAlias(path) };
  const spec = freeImport(repo, facts, wanted);
  return { text: `${qualifierOf(repo, here, spec)}.${name}`, imports: [spec] };
}

/** `bankkeeper` of `…/x/bank/keeper`; none for the module's own package. */
function habitualAlias(path: string): string | undefined {
  const last = path
    .split('/')
    .filter(element => !/^v\d+$/.test(element))
    .at(-1)!;
  if (!/^(types|keeper|module|client)$/.test(last)) return undefined;
  return `${baseOf(path).replace(/[^A-Za-z0-9]/g, '')}${last}`.toLowerCase();
}
