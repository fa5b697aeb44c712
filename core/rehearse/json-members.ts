import { Refusal } from '../refusal.ts';

/** A stretch of a file, in bytes; the end is exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const opening = [0x7b, 0x5b];
const closing = [0x7d, 0x5d];
const byteOrderMark = [0xef, 0xbb, 0xbf];
const blanks = [0x20, 0x09, 0x0a, 0x0d];

/**
 * Finds the members of a JSON object that is too large to be parsed as a whole: it is given piece
 * by piece, and where each member's value lies comes out.
 */
export class JsonMembers {
  private readonly members = new Map<string, ByteRange>();
  /** How many bytes were taken. */
  private at = 0;
  private depth = 0;
  private quoted = false;
  private escaped = false;
  /** The bytes of the key that is read, or was read last. */
  private key: number[] = [];
  private inKey = false;
  /** Where the value began; undefined before it did. */
  private start: number | undefined;
  private awaitsValue = false;
  private over = false;

  /** Takes the next piece. */
  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.quoted) this.takeQuoted(byte);
      else this.takePlain(byte);
      this.at++;
    }
  }

  /** Where a member lies, once it was taken whole. */
  found(key: string): ByteRange | undefined {
    return this.members.get(key);
  }

  /** The members. Throws one line where the object was none, or did not end. */
  end(what: string): Map<string, ByteRange> {
    if (!this.over) throw new Refusal(`${what} ends too early: it is not whole`);
    return this.members;
  }

  private takeQuoted(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) {
      this.quoted = false;
      this.inKey = false;
      return;
    }
    if (this.inKey) this.key.push(byte);
  }

  private takePlain(byte: number): void {
    if (blanks.includes(byte) || (this.at < 3 && byteOrderMark.includes(byte))) return;
    if (this.depth === 1 && this.awaitsValue) {
      this.start = this.at;
      this.awaitsValue = false;
    }
    if (byte === quote) this.beginQuote();
    else if (opening.includes(byte)) this.depth++;
    else if (closing.includes(byte)) this.close();
    else if (this.depth === 1 && byte === comma) this.endMember();
    else if (this.depth === 1 && byte === colon) this.awaitsValue = true;
  }

  private beginQuote(): void {
    this.quoted = true;
    if (this.depth !== 1 || this.start !== undefined) return;
    this.inKey = true;
    this.key = [];
  }

  private close(): void {
    if (this.depth === 1) this.endMember();
    this.depth--;
    if (this.depth === 0) this.over = true;
  }

  private endMember(): void {
    if (this.start === undefined) return;
    const key = new TextDecoder().decode(Uint8Array.from(this.key));
    this.members.set(key, { start: this.start, end: this.at });
    this.start = undefined;
  }
}
