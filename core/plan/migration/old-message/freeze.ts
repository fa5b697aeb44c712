import { basename, join } from '../../../files.ts';
import { commentAbove } from '../../../go/edit/comment-above.ts';
import { assemble } from '../../../go/edit/go-file.ts';
import type { ImportSpec } from '../../../go/edit/imports.ts';
import { alignFields } from '../../../go/edit/print.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../../go/source/facts.ts';
import { importsOf } from '../../../go/source/facts.ts';
import { hasWord } from '../../go-tree.ts';
import type { Create } from '../../plan.ts';
import type { TypeChange } from './compare.ts';
import type { Today } from './message.ts';

/**
 * Where messages are kept as they were: the folder of their package, the release they are from, and
 * the module whose state they make up.
 */
export interface Freezer {
  readonly dir: string;
  readonly ref: string;
  readonly module: string;
  readonly today: Today;
}

/**
 * What a message needs to be read and written; its registration and descriptor would collide with
 * those of today's message of that name.
 */
const methods = new Set([
  'Reset',
  'String',
  'ProtoMessage',
  'Marshal',
  'MarshalTo',
  'MarshalToSizedBuffer',
  'Size',
  'Unmarshal',
]);

/**
 * The files of a package that keeps messages as they were: their generated code, without what
 * registers it.
 */
export function freeze(repo: Repo, change: TypeChange, freezer: Freezer): Create[] {
  const { frozen, same } = change;
  const alias = `${freezer.module.replace(/\W/g, '')}types`;
  const live = { path: repo.importPath(change.dir)!, alias };
  const sources = [...new Set(frozen.map(one => one.facts))];
  return sources.map((facts, i) => {
    const isFirst = i === 0;
    const path = join(freezer.dir, basename(facts.path));
    const names = frozen.filter(one => one.facts === facts).map(one => one.name);
    const imports = importsToday(repo, change.dir, facts, freezer.today);
    const code = [
      ...(isFirst ? aliases(same, alias) : []),
      ...declarations(facts, new Set(names)),
    ].join('\n\n');
    const body = movedTypes(code, imports, freezer.today);
    imports.set(alias, live).set(numbers.alias, numbers);
    const header = generatedMark(facts.text) + (isFirst ? packageComment(freezer) : '');
    const packageClause = 'package types';
    return { file: path, text: assemble(repo, { path, header, packageClause, body, imports }) };
  });
}

/** The line that marks generated code, with a blank line below; `''` without one. */
function generatedMark(text: string): string {
  const mark = /^\/\/ Code generated .*\n(\/\/ source: .*\n)?/m.exec(text)?.[0];
  return mark === undefined ? '' : `${mark}\n`;
}

function packageComment({ module, ref }: Freezer): string {
  return (
    `// Package types keeps messages of x/${module} as they were in ${ref}, for the migration ` +
    "that reads them. They are not registered: today's have their names.\n"
  );
}

/** The types that today's package has unchanged. */
function aliases(names: readonly string[], live: string): string[] {
  if (names.length === 0) return [];
  const lines = names.map(name => `type ${name} = ${live}.${name}`);
  return [`// What still reads as it was.\n${lines.join('\n\n')}`];
}

/** A file's imports by the names it uses, under the paths that the packages have today. */
function importsToday(
  repo: Repo,
  live: string,
  facts: FileFacts,
  today: Today,
): Map<string, ImportSpec> {
  return new Map(
    importsOf(facts)
      .filter(({ alias }) => alias !== '_')
      .map(({ path, alias }) => [
        alias ?? repo.packageName(path, live),
        { path: today.path(path, facts), alias },
      ]),
  );
}

const numbers = { path: 'cosmossdk.io/math', alias: 'cosmossdk_io_math' };

/** The text with the types of packages that have moved since under their names of today. */
function movedTypes(text: string, imports: ReadonlyMap<string, ImportSpec>, today: Today): string {
  const moved = text.replace(
    /(?<![.\w"])(\w+)\.([A-Z]\w*)/g,
    (written, qualifier: string, name: string) => {
      const path = imports.get(qualifier)?.path;
      const now = path === undefined ? undefined : today.type(path, name);
      return !now || now.path === path ? written : `${numbers.alias}.${now.name}`;
    },
  );
  return moved === text ? text : alignFields(moved);
}

/** The declarations of a file that make up some messages and enums, in their order. */
function declarations(facts: FileFacts, names: ReadonlySet<string>): string[] {
  const { text, types, consts, vars, funcs } = facts;
  const isKept = (name: string | undefined) => name !== undefined && names.has(name);
  const methodsKept = funcs.filter(
    ({ receiver, name }) =>
      isKept(receiver?.type) && methods.has(name) && isMessage(facts, receiver!.type),
  );
  const functions = [...methodsKept, ...helpersOf(facts, methodsKept)];
  const found: Range[] = [
    ...types
      .filter(type => isKept(type.name))
      .map(type => ({ start: text.lastIndexOf('type ', type.start), end: type.end })),
    ...consts
      .filter(({ type }) => isKept(type && text.slice(type.start, type.end)))
      .map(constant => constant.declaration),
    ...functions,
  ];
  const code = found.map(({ start, end }) => text.slice(start, end)).join('\n');
  const errors = vars
    .filter(({ name }) => name.startsWith('Err') && hasWord(code, name))
    .map(variable => variable.declaration);
  const written = new Map([...found, ...errors].map(range => [range.start, range]));
  const inOrder = [...written.values()].sort((a, b) => a.start - b.start);
  return [
    ...inOrder.map(range => declarationText(text, range)),
    ...stringMethods(facts, names, methodsKept),
  ];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A declaration with the comment above it, as gofmt has both. */
function declarationText(text: string, { start, end }: Range): string {
  // gofmt did not always see to doc comments.
  const comment = commentAbove(text, start)
    .replace(/^\/\/(?=[^\s/])/gm, '// ')
    .replace(/^(\/\/\n)+/, '')
    .replace(/(\n\/\/)+$/, '');
  // One-line functions stand in columns where one follows the other.
  const code = text.slice(start, end).replace(/^(func .*\S) {2,}(\{.*\})$/, '$1 $2');
  return comment ? `${comment}\n${code}` : code;
}

/** String methods for the messages that have none. */
function stringMethods(
  facts: FileFacts,
  names: ReadonlySet<string>,
  kept: readonly Func[],
): string[] {
  const hasString = (type: string) =>
    kept.some(({ name, receiver }) => name === 'String' && receiver!.type === type);
  return [...names]
    .filter(name => isMessage(facts, name) && !hasString(name))
    .map(name => `func (m *${name}) String() string { return proto.CompactTextString(m) }`);
}

function isMessage({ funcs }: FileFacts, name: string): boolean {
  return funcs.some(f => f.name === 'ProtoMessage' && f.receiver?.type === name);
}

/** The functions of a file that some others of it call, themselves or by way of one another. */
function helpersOf({ funcs, text }: FileFacts, callers: readonly Func[]): Func[] {
  const plain = funcs.filter(f => !f.receiver && f.name !== 'init');
  const found = new Set<Func>();
  const waiting = [...callers];
  for (let from = waiting.pop(); from; from = waiting.pop()) {
    const body = text.slice(from.start, from.end);
    for (const helper of plain) {
      if (found.has(helper) || !new RegExp(`\\b${helper.name}\\(`).test(body)) continue;
      found.add(helper);
      waiting.push(helper);
    }
  }
  return [...found];
}
