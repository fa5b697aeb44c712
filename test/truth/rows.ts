import type { Generation } from '../go/generations.ts';
import { guardRows } from './guard-rows.ts';
import { handlerRows } from './handler-rows.ts';
import { loaderRows } from './loader-rows.ts';
import type { Row } from './row.ts';
import { storeRows } from './store-rows.ts';

/** Every mistake that is tried on a generation of the SDK. */
export function rowsOf(generation: Generation): readonly Row[] {
  return [...storeRows, ...loaderRows(generation), ...handlerRows(generation), ...guardRows()];
}
