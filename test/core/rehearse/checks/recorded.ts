import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../../../core/rehearse/checks/check.ts';
import type { Schema } from '../../../../core/rehearse/checks/schema.ts';
import { messageTypesOf } from '../../../../rehearse/message-types.ts';
import { projectRoot } from '../../../support/root.ts';

/** What a node of SDK 0.50.15 was asked over ABCI and over REST, and answered. */
export interface Recorded {
  readonly path: string;
  readonly request: JsonObject;
  /** The request and the answer of ABCI, in hexadecimal. */
  readonly sent: string;
  readonly answer: string;
  /** The answer of its REST address. */
  readonly json: JsonValue;
}

const folder = join(projectRoot, 'test/core/rehearse/checks/recorded');

/** The answers of that node. */
export const recorded = JSON.parse(
  readFileSync(join(folder, 'answers.json'), 'utf8'),
) as readonly Recorded[];

/** The proto files of that node, as they lie in its binary. */
export const descriptors = join(folder, 'descriptors.bin');

/** What its binary says of its messages. */
export function recordedSchema(): Promise<Schema> {
  return messageTypesOf(descriptors);
}

/** Bytes from hexadecimal. */
export function unhex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}
