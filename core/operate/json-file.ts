import { Refusal } from '../refusal.ts';
import type { JsonObject } from '../rehearse/checks/check.ts';
import { isJsonObject } from '../rehearse/checks/check.ts';

/** A text as a JSON object. Throws one line that names the file where it is none. */
export function jsonObject(text: string, file: string): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Refusal(`${file} is no JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  if (isJsonObject(json)) return json;
  throw new Refusal(`${file} holds no JSON object`);
}

/** A number that Go or protobuf wrote into JSON: a number, or its digits as text. */
export function jsonCount(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}
