import { basename, join } from '../../../files.ts';
import { assemble } from '../../../go/edit/go-file.ts';
import type { ImportSpec } from '../../../go/edit/imports.ts';
import { alignFields } from '../../../go/edit/print.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../../go/source/facts.ts';
import { importsOf } from '../../../go/source/facts.ts';
import { commentAbove } from '../../package/doc-comment.ts';
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
export function freeze(
  repo: Repo,
  { dir: live, frozen, same }: TypeChange,
  { dir, ref, module, today }: Freezer,
): Create[] {
  const sources = [...new Set(frozen.map(f => f.facts))];
  const alias = `${module.replace(/\W/g, '')}types`;
  const livePath = repo.importPath(live)!;
  return sources.map((facts, i) => {
    const path = join(dir, basename(facts.path));
    const names = frozen.filter(f => f.facts === facts).map(f => f.name);
    const [generated = ''] =
      /^\/\/ Code generated .*\n(\/\/ source: .*\n)?/m.exec(facts.text) ?? [];
    const said =
      i > 0
        ? ''
        : `// Package types keeps messages of x/${module} as they were in ${ref}, for the migration that reads them. They are not registered: today's have their names.\n`;
    const alike = i === 0 ? same.map(name => `type ${name} = ${alias}.${name}`) : [];
    const body = [
      ...(alike.length ? [`// What still reads as it was.\n${alike.join('\n\n')}`] : []),
      ...declarations(facts, new Set(names)),
    ].join('\n\n');
    const imports = new Map<string, ImportSpec>(
      importsOf(facts)
        .filter(f => f.alias !== '_')
        .map(f => {
          const now = today.path(f.path, facts);
          const name = f.alias ?? repo.packageName(f.path, live);
          return [name, { path: now, alias: f.alias }];
        }),
    );
    const moved = movedTypes(body, imports, today);
    return {
      file: path,
      text: assemble(repo, {
        path,
        header: `${generated}${generated && '\n'}${said}`,
        packageClause: 'package types',
        body: moved,
        imports: imports.set(alias, { path: livePath, alias }).set(numbers.alias, numbers),
      }),
    };
  });
}

const numbers = { path: 'cosmossdk.io/math', alias: 'cosmossdk_io_math' };

/** The text with the types of packages that have moved since under their names of today. */
function movedTypes(text: string, imports: ReadonlyMap<string, ImportSpec>, today: Today): string {
  let moved = false;
  const out = text.replace(
    /(?<![.\w"])(\w+)\.([A-Z]\w*)/g,
    (written, qualifier: string, name: string) => {
      const path = imports.get(qualifier)?.path;
      const now = path === undefined ? undefined : today.type(path, name);
      if (!now || now.path === path) return written;
      moved = true;
      return `${numbers.alias}.${now.name}`;
    },
  );
  return moved ? alignFields(out) : out;
}

/** The declarations of a file that make up some messages and enums, in their order. */
function declarations(facts: FileFacts, names: ReadonlySet<string>): string[] {
  const { text } = facts;
  const found = new Map<number, string>();
  const keep = (start: number, end: number) => {
    // gofmt did not always see to doc comments.
    const said = commentAbove(text, start)
      .replace(/^\/\/(?=[^\s/])/gm, '// ')
      .replace(/^(\/\/\n)+/, '')
      .replace(/(\n\/\/)+$/, '');
    // One-line functions stand in columns where one follows the other.
    found.set(
      start,
      `${said && `${said}\n`}${text.slice(start, end).replace(/^(func .*\S) {2,}(\{.*\})$/, '$1 $2')}`,
    );
  };
  for (const type of facts.types.filter(t => names.has(t.name)))
    keep(text.lastIndexOf('type ', type.start), type.end);
  for (const value of facts.consts.filter(
    c => c.type && names.has(text.slice(c.type.start, c.type.end)),
  ))
    keep(value.declaration.start, value.declaration.end);
  const own = facts.funcs.filter(
    f =>
      f.receiver &&
      names.has(f.receiver.type) &&
      methods.has(f.name) &&
      isMessage(facts, f.receiver.type),
  );
  for (const func of [...own, ...helpersOf(facts, own)]) keep(func.start, func.end);
  const body = [...found.values()].join('\n');
  for (const value of facts.vars.filter(
    v => /^Err/.test(v.name) && new RegExp(`\\b${v.name}\\b`).test(body),
  ))
    keep(value.declaration.start, value.declaration.end);
  const stringless = [...names].filter(
    name =>
      isMessage(facts, name) && !own.some(f => f.name === 'String' && f.receiver!.type === name),
  );
  return [
    ...[...found].sort(([a], [b]) => a - b).map(([, declaration]) => declaration),
    ...stringless.map(
      name => `func (m *${name}) String() string { return proto.CompactTextString(m) }`,
    ),
  ];
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
