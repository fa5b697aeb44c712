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
  readonly fields: readonly Carried[];
  /** Fields that it no longer has. */
  readonly gone: readonly Field[];
}

/** What became of a type: it changed, it is what it was, or it is gone. */
type Outcome = MessageChange | 'same' | 'gone';

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
 * the prefix of its keys where that was given.
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
 * Throws `Refusal` where that is not known.
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

/** Follows a message of one package, and all that it holds, through both versions. */
class Walk {
  readonly changes = new Set<MessageChange>();
  readonly frozen = new Map<string, Message | Declared>();
  readonly same = new Set<string>();
  private readonly known = new Map<string, Outcome | 'asked'>();
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
  ): Promise<Outcome> {
    const known = this.known.get(name);
    if (known === 'asked')
      throw new Refusal(
        `${name} in ${then.facts.path} holds itself, which is not followed; write the ` +
          'migration by hand',
        { file: then.facts.path },
      );
    if (known) return known;
    this.known.set(name, 'asked');
    const found = await this.compare(then, now);
    this.known.set(name, found);
    return found;
  }

  private async compare(then: Declared, declared: Declared | undefined): Promise<Outcome> {
    if (then.kind === 'enum') {
      if (declared?.kind === 'enum' && keepsValues(then, declared)) return 'same';
      this.frozen.set(then.name, then);
      return 'gone';
    }
    const { repo, today } = this.versions;
    const old = messageOf(repo, then, today);
    const now = declared?.kind === 'message' ? messageOf(repo, declared, today) : undefined;
    const held = await this.heldBy(old);
    for (const field of old.fields) await this.others(old, field);
    const holdsChanged = [...held.values()].some(outcome => outcome !== 'same');
    if (now && !holdsChanged && isEncodedAlike(old, now)) return 'same';
    this.frozen.set(old.name, old);
    for (const [name, outcome] of held) if (outcome === 'same') this.same.add(name);
    if (!now) return 'gone';
    const change = {
      old,
      now,
      fields: now.fields.map(field => carried(field, old, held)),
      gone: old.fields.filter(field => !now.fields.some(other => other.name === field.name)),
    };
    this.changes.add(change);
    return change;
  }

  /** What became of the types of the package that a message holds, by name. */
  private async heldBy(message: Message): Promise<ReadonlyMap<string, Outcome>> {
    const held = new Map<string, Outcome>();
    for (const name of new Set(message.fields.flatMap(field => ownNames(field.meaning))))
      held.set(name, await this.holds(message, name));
    return held;
  }

  /**
   * What became of a type of the package that a message holds; one that is written by hand has to
   * be there still.
   */
  private async holds(message: Message, name: string): Promise<Outcome> {
    const { repo, then, now } = this.versions;
    const was = await then.declared(this.oldDir, name);
    if (was) return this.compared(name, was, await now.declared(this.dir, name));
    const files = repo.filesOf(this.dir, new RegExp(`\\b${name}\\b`));
    if (files.some(({ types }) => types.some(type => type.name === name))) return 'same';
    throw new Refusal(
      `${message.name}, as it was, holds a ${name}, which ${this.dir} no longer declares; ` +
        'write the migration by hand',
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
      if (!is && !repo.packages.has(dir))
        throw new Refusal(
          `${message.name}, as it was, holds ${name} of ${dir}, which is no longer there; ` +
            'write the migration by hand',
          { file: message.facts.path },
        );
      if (was && !(await this.isSame(dir, name, was, is)))
        throw new Refusal(
          `${message.name} holds ${name} of ${dir}, which changed too; write the migration by hand`,
          { file: is?.facts.path ?? dir },
        );
    }
  }

  /** Whether a type of another package of the repository is what it was. */
  private async isSame(
    dir: string,
    name: string,
    was: Declared,
    is: Declared | undefined,
  ): Promise<boolean> {
    if (!is) return false;
    const outcome = await new Walk(this.versions, dir, dir).compared(name, was, is);
    return outcome === 'same';
  }
}

/** Whether two versions of a message have the same fields, encoded the same. */
function isEncodedAlike(old: Message, now: Message): boolean {
  return JSON.stringify(plain(old)) === JSON.stringify(plain(now));
}

function plain({ fields }: Message): string[] {
  return fields.map(({ name, meaning, wire }) => `${name} ${meaning} ${wire}`).sort();
}

function carried(field: Field, old: Message, held: ReadonlyMap<string, Outcome>): Carried {
  const was = old.fields.find(f => f.name === field.name);
  if (!was) return { ...field, how: 'new' };
  if (was.meaning !== field.meaning) return { ...field, how: 'changed', was: was.type };
  for (const name of ownNames(field.meaning)) {
    const change = held.get(name);
    if (change === undefined || change === 'same') continue;
    const shape = shapeAround(field.type, name);
    return change === 'gone' || shape === undefined
      ? { ...field, how: 'changed', was: was.type }
      : { ...field, how: 'each', change, shape };
  }
  return { ...field, how: 'copied' };
}

type Shape = (Carried & { how: 'each' })['shape'];

/** How a type holds another one, such as `[]*`; undefined for shapes that are not followed. */
function shapeAround(type: string, name: string): Shape | undefined {
  if (!type.endsWith(name)) return undefined;
  const shape = type.slice(0, -name.length);
  return (['', '*', '[]', '[]*'] as const).find(known => known === shape);
}

/** Whether every value of an enum is still called what it was. */
function keepsValues(then: Declared, now: Declared): boolean {
  const numbers = enumValues(now);
  return [...enumValues(then)].every(([name, number]) => numbers.get(name) === number);
}

/** The numbers of an enum's values, as generated code has them line by line. */
function enumValues({ facts, name }: Declared): ReadonlyMap<string, string> {
  const line = new RegExp(`^\\t(\\w+)\\s+${name}\\s+= (-?\\d+)$`, 'gm');
  return new Map([...facts.text.matchAll(line)].map(([, value, number]) => [value!, number!]));
}
