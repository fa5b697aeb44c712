import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { GitError, gitReason, notStarted, startGit } from './git.ts';

/** Blobs by their hash; undefined where this copy of the repository lacks one. */
export interface Objects {
  read(hash: string): Promise<Buffer | undefined>;
}

interface Request {
  readonly hash: string;
  resolve(bytes: Buffer | undefined): void;
  reject(error: Error): void;
}

/**
 * Reads blobs through one `git cat-file --batch`, which ends by itself once nobody asks any more.
 */
export function openObjects(root: string): Objects {
  let process: Batch | undefined;
  return {
    read: hash =>
      new Promise((resolve, reject) => {
        if (!process?.open) process = new Batch(startGit(root, ['cat-file', '--batch']));
        process.ask({ hash, resolve, reject });
      }),
  };
}

class Batch {
  open = true;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: Request[] = [];
  private chunks: Buffer[] = [];
  private have = 0;
  private need = 0;
  private stderr = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    child.stdout.on('data', (chunk: Buffer) => this.receive(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    child.stdin.on('error', () => {});
    child.on('error', error => this.fail(notStarted(error)));
    child.on('close', code => this.fail(new GitError(gitReason(this.stderr, code))));
  }

  ask(request: Request): void {
    this.waiting.push(request);
    this.child.stdin.write(`${request.hash}\n`);
  }

  private receive(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.have += chunk.length;
    if (this.have < this.need) return;
    let buffer = Buffer.concat(this.chunks);
    for (let taken = this.take(buffer); taken > 0; taken = this.take(buffer))
      buffer = buffer.subarray(taken);
    this.chunks = [buffer];
    this.have = buffer.length;
  }

  /**
   * Answers the oldest request if its answer is complete: `hash blob size`, the bytes, a line end.
   * Gives the bytes used.
   */
  private take(buffer: Buffer): number {
    this.need = 0;
    const line = buffer.indexOf(10);
    if (line < 0) return 0;
    const header = buffer.toString('latin1', 0, line);
    const size = / blob (\d+)$/.exec(header)?.[1];
    const end = line + 1 + (size === undefined ? 0 : Number(size) + 1);
    if (buffer.length < end) {
      this.need = end;
      return 0;
    }
    this.waiting
      .shift()!
      .resolve(size === undefined ? undefined : Buffer.from(buffer.subarray(line + 1, end - 1)));
    // Whoever reads on does so before the next turn of the event loop.
    if (this.waiting.length === 0) setImmediate(() => this.waiting.length === 0 && this.close());
    return end;
  }

  private close(): void {
    this.open = false;
    this.child.stdin.end();
  }

  private fail(error: Error): void {
    this.open = false;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
