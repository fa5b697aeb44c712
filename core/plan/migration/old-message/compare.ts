import type { Repo } from '../../../go/repo/repo.ts';
import { Refusal } from '../../../refusal.ts';
import type { Declared, GeneratedCode } from './generated-code.ts';
import type { Field, Message, Today } from './message.ts';
import { messageOf, otherNames, ownFolder, ownNames, refuseUnrequired } from './message.ts';

/**
 * What becomes of one field of today's message. `each` is the change of the message it holds, in a
 * shape such as `[]*`.
 */
export type Carried = Field &
  (
    | { readonly how: 'copied' }
    | {
        readonly how: 'each';
        readonly change: MessageChange;
        readonly shape: '' | '*' | '[]' | '[]*';
      }
    | { readonly how: 'new' }
    | { readonly how: 'changed'; readonly was: string }
  );

/** A message that is another than it was. */
export interface MessageChange {
  readonly old: Message;
  readonly now: Message;
  readonly fields: readonly Carried[] /** Fields that it has no longer. */;
  readonly gone: readonly Field[];
}

/** What two versions of a message's package differ in, as far as that message goes. */
export interface TypeChange {
  /** The folder of the package. */
  readonly dir: string;
  readonly message: MessageChange;
  /** Every message that is another than it was, that one first; those that it holds after it. */
  readonly changes: readonly MessageChange[];
  /** What has to be kept as it was: messages and enums that are other or gone. */
  readonly frozen: readonly (Message | Declared)[];
  /** What its old form names that is still the same in today's package. */
  readonly same: readonly string[];
}

/**
 * A message that a module's state is made of, compared with what it was in the last release, and
 * the prefix of its keys where that was said.
 */
export interface OldType {
  readonly change: TypeChange;
  readonly prefix: string | undefined;
  readonly ref: string;
  readonly today: Today;
}

/** Both versions of a repository's generated code. */
export interface Versions {
  readonly repo: Repo;
  readonly then: GeneratedCode;
  readonly now: GeneratedCode;
  readonly today: Today;
}

/**
 * Compares a message with what it was, and all that it holds; undefined where nothing differs.
 * Throws `Refused` where that cannot be told.
 */
export async function compareMessages(
  versions: Versions,
  dir: string,
  oldDir: string,
  name: string,
): Promise<TypeChange | undefined> {
  const walk = new Walk(versions, dir, oldDir);
  const message = await walk.message(name);
  return (
    message && {
      dir,
      message,
      changes: [message, ...[...walk.changes].filter(c => c !== message).reverse()],
      frozen: [...walk.frozen.values()],
      same: [...walk.same].sort(),
    }
  );
}

class Walk {
  readonly changes = new Set<MessageChange>();
  readonly frozen = new Map<string, Message | Declared>();
  readonly same = new Set<string>();
  private readonly known = new Map<string, MessageChange | 'same' | 'gone' | 'asked'>();
  private readonly versions: Versions;
  private readonly dir: string;
  private readonly oldDir: string;

  constructor(versions: Versions, dir: string, oldDir: string) {
    this.versions = versions;
    this.dir = dir;
    this.oldDir = oldDir;
  }

  /** The change of a message of the package; undefined where there is none. */
  async message(name: string): Promise<MessageChange | undefined> {
    const then = await this.versions.then.declared(this.oldDir, name);
    const now = await this.versions.now.declared(this.dir, name);
    if (then?.kind !== 'message' || now?.kind !== 'message')
      throw new Refusal(`${name} is no message of ${this.dir}`, { file: this.dir });
    const found = await this.compared(name, then, now);
    return found === 'same' || found === 'gone' ? undefined : found;
  }

  private async compared(
    name: string,
    then: Declared,
    now: Declared | undefined,
  ): Promise<MessageChange | 'same' | 'gone'> {
    const known = this.known.get(name);
    if (known === 'asked')
      throw new Refusal(
        `${name} in ${then.facts.path} holds itself, which is not followed; write the migration by hand`,
        { file: then.facts.path },
      );
    if (known) return known;
    this.known.set(name, 'asked');
    const found = await this.compare(then, now);
    this.known.set(name, found);
    return found;
  }

  private async compare(
    then: Declared,
    declared: Declared | undefined,
  ): Promise<MessageChange | 'same' | 'gone'> {
    const { repo, today } = this.versions;
    if (then.kind === 'enum') {
      if (declared?.kind === 'enum' && keepsValues(then, declared)) return 'same';
      this.frozen.set(then.name, then);
      return 'gone';
    }
    const old = messageOf(repo, then, today);
    const now = declared?.kind === 'message' ? messageOf(repo, declared, today) : undefined;
    const held = new Map<string, MessageChange | 'same' | 'gone'>();
    for (const own of new Set(old.fields.flatMap(f => ownNames(f.meaning))))
      held.set(own, await this.holds(old, own));
    for (const field of old.fields) await this.others(old, field);
    const changed = [...held.values()].some(h => h !== 'same');
    if (now && !changed && JSON.stringify(plain(old)) === JSON.stringify(plain(now))) return 'same';
    this.frozen.set(old.name, old);
    for (const [own, is] of held) if (is === 'same') this.same.add(own);
    if (!now) return 'gone';
    const change = {
      old,
      now,
      fields: now.fields.map(field => carried(field, old, held)),
      gone: old.fields.filter(f => !now.fields.some(n => n.name === f.name)),
    };
    this.changes.add(change);
    return change;
  }

  /**
   * What became of a type of the package that a message holds; one that is written by hand has to
   * be there still.
   */
  private async holds(message: Message, name: string): Promise<MessageChange | 'same' | 'gone'> {
    const { repo, then, now } = this.versions;
    const was = await then.declared(this.oldDir, name);
    if (was) return this.compared(name, was, await now.declared(this.dir, name));
    if (
      repo
        .filesOf(this.dir, new RegExp(`\\b${name}\\b`))
        .some(f => f.types.some(t => t.name === name))
    )
      return 'same';
    throw new Refusal(
      `${message.name}, as it was, holds a ${name}, which ${this.dir} no longer declares; write the migration by hand`,
      { file: this.dir },
    );
  }

  /**
   * Types of other packages are today's: they have to be there, and those of this repository's own
   * messages what they were.
   */
  private async others(message: Message, { meaning }: Field): Promise<void> {
    const { repo, then, now } = this.versions;
    for (const { path, name } of otherNames(meaning)) {
      const dir = ownFolder(repo, path, message.facts);
      if (dir === undefined) {
        refuseUnrequired(repo, path, message);
        continue;
      }
      const was = await then.declared(dir, name);
      const is = await now.declared(dir, name);
      const walk = new Walk(this.versions, dir, dir);
      if (!is && !repo.packages.has(dir))
        throw new Refusal(
          `${message.name}, as it was, holds ${name} of ${dir}, which is no longer there; write the migration by hand`,
          { file: message.facts.path },
        );
      if ((was && !is) || (was && is && (await walk.compared(name, was, is)) !== 'same'))
        throw new Refusal(
          `${message.name} holds ${name} of ${dir}, which changed too; write the migration by hand`,
          { file: is?.facts.path ?? dir },
        );
    }
  }
}

function plain({ fields }: Message): string[] {
  return fields.map(({ name, meaning, wire }) => `${name} ${meaning} ${wire}`).sort();
}

function carried(
  field: Field,
  old: Message,
  held: ReadonlyMap<string, MessageChange | 'same' | 'gone'>,
): Carried {
  const was = old.fields.find(f => f.name === field.name);
  if (!was) return { ...field, how: 'new' };
  if (was.meaning !== field.meaning) return { ...field, how: 'changed', was: was.type };
  for (const name of ownNames(field.meaning)) {
    const change = held.get(name);
    if (change === undefined || change === 'same') continue;
    const shape = field.type.slice(0, -name.length);
    if (
      change !== 'gone' &&
      (shape === '' || shape === '*' || shape === '[]' || shape === '[]*') &&
      field.type.endsWith(name)
    )
      return { ...field, how: 'each', change, shape };
    return { ...field, how: 'changed', was: was.type };
  }
  return { ...field, how: 'copied' };
}

/** Whether every value of an enum is still called what it was. */
function keepsValues(then: Declared, now: Declared): boolean {
  const values = ({ facts, name }: Declared) =>
    new Map(
      [...facts.text.matchAll(new RegExp(`^\\t(\\w+)\\s+${name}\\s+= (-?\\d+)$`, 'gm'))].map(m => [
        m[1]!,
        m[2]!,
      ]),
    );
  const is = values(now);
  return [...values(then)].every(([name, number]) => is.get(name) === number);
}
