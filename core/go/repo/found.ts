import type { FileFacts, Func, TypeSpec, ValueSpec } from '../source/facts.ts';

/** A constant or variable of a package and where it is defined. */
export interface Definition {
  readonly facts: FileFacts;
  readonly spec: ValueSpec;
  readonly constant: boolean;
}

/** A function or method of a package and where it is defined. */
export interface FoundFunc {
  readonly facts: FileFacts;
  readonly func: Func;
}

/** A type and the file that declares it. */
export interface FoundType {
  readonly facts: FileFacts;
  readonly spec: TypeSpec;
}
