import type { FileSource } from '../../../files.ts';
import { dirname } from '../../../files.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../../go/source/facts.ts';

/** A type that generated code declares: a message, which is a struct, or an enum. */
export interface Declared {
  readonly name: string;
  readonly facts: FileFacts;
  readonly spec: TypeSpec;
  readonly kind: 'message' | 'enum';
}

/**
 * The generated protobuf code of a repository at one time, which no `Repo` holds: a file is read
 * when it is asked for, and parsed when it declares what is looked for.
 */
export class GeneratedCode {
  private readonly files: FileSource;
  private readonly repo: Repo;
  private readonly texts = new Map<string, Promise<string>>();
  private readonly facts = new Map<string, FileFacts>();
  private listed: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  /** `repo` only lends its parser. */
  constructor(files: FileSource, repo: Repo) {
    this.files = files;
    this.repo = repo;
  }

  /** What a folder's generated code declares under a name. */
  async declared(dir: string, name: string): Promise<Declared | undefined> {
    for (const path of (await this.folders()).get(dir) ?? []) {
      const text = await this.text(path);
      const kind = kindIn(text, name);
      if (!kind) continue;
      const facts = this.factsOf(path, text);
      const spec = facts.types.find(type => type.name === name);
      if (spec) return { name, facts, spec, kind };
    }
    return undefined;
  }

  /**
   * The folders at or below one whose generated code declares a message of that name; those of
   * older migrations left out.
   */
  async holding(root: string, name: string): Promise<string[]> {
    const below = [...(await this.folders()).keys()].filter(
      dir =>
        (dir === root || dir.startsWith(`${root}/`)) &&
        !/(^|\/)(migrations?|legacy)(\/|$)/.test(dir.slice(root.length)),
    );
    const found = await Promise.all(
      below.map(async dir => ({ dir, kind: (await this.declared(dir, name))?.kind })),
    );
    return found
      .filter(f => f.kind === 'message')
      .map(f => f.dir)
      .sort();
  }

  private factsOf(path: string, text: string): FileFacts {
    const facts = this.facts.get(path) ?? this.repo.factsOf(path, text);
    this.facts.set(path, facts);
    return facts;
  }

  private text(path: string): Promise<string> {
    const text =
      this.texts.get(path) ??
      this.files.read(path).then(read => (read ?? '').replaceAll('\r\n', '\n'));
    this.texts.set(path, text);
    return text;
  }

  private folders(): Promise<ReadonlyMap<string, readonly string[]>> {
    this.listed ??= this.files.list().then(byFolder);
    return this.listed;
  }
}

/** What a text declares under a name, as far as its lines tell: it may not be parsed yet. */
function kindIn(text: string, name: string): Declared['kind'] | undefined {
  const kind = new RegExp(`^type ${name} (struct \\{|int32$)`, 'm').exec(text)?.[1];
  if (kind === 'int32') return 'enum';
  const isMessage = kind !== undefined && text.includes(`func (*${name}) ProtoMessage()`);
  return isMessage ? 'message' : undefined;
}

/** The generated files by folder. */
function byFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths.filter(one => one.endsWith('.pb.go'))) {
    const known = folders.get(dirname(path));
    if (known) known.push(path);
    else folders.set(dirname(path), [path]);
  }
  return folders;
}
