import type { GoModule } from '../../sdk/mountable.ts';

/** A type of a constructor's parameter or result. */
export interface GoType {
  /** As written where it was read. */
  readonly text: string;
  readonly pointer: boolean;
  /** The import path of its package; undefined for types without a name and Go's own. */
  readonly path: string | undefined;
  readonly name: string;
}

/** A parameter of a constructor. */
export interface Parameter {
  readonly name: string;
  readonly type: GoType;
  readonly variadic: boolean;
}

/** A function that makes a keeper or a module. */
export interface Constructor {
  /** The import path of its package. */
  readonly path: string;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** What it gives first. */
  readonly result: GoType;
  /** How many results it gives. */
  readonly results: number;
  /** What apps call the field that holds what it makes, where they have a habit. */
  readonly field?: string | undefined;
}

/** A constant of a package, and what it holds. */
export interface NamedConstant {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** The hooks that a module may have, by the orders that name it for them. */
export type Hook =
  | 'PreBlockers'
  | 'BeginBlockers'
  | 'EndBlockers'
  | 'InitGenesis'
  | 'ExportGenesis';

/** A module as far as mounting takes it: read in the repository, or as data of the SDK. */
export interface ModuleToMount {
  /** Its name, by the constant that holds it. */
  readonly name: NamedConstant;
  /** Its store; undefined for a module without one. */
  readonly store: NamedConstant | undefined;
  readonly module: Constructor;
  readonly keeper: Constructor | undefined;
  /** Its type for `NewBasicManager`, such as `AppModuleBasic`. */
  readonly basic: string;
  /** Whether it takes part in simulations. */
  readonly simulates: boolean;
  readonly hooks: ReadonlySet<Hook>;
  /** The permissions that its module account needs; undefined where it is seen to use none. */
  readonly permissions: readonly string[] | undefined;
  /** The constants with the names of further accounts of its own. */
  readonly accounts: readonly Omit<NamedConstant, 'value'>[];
  /** The Go module that has it, where go.mod may lack it. */
  readonly goModule: GoModule | undefined;
  /** What else the app has to do for it, as the end of "Left to do: …". */
  readonly note: string | undefined;
  /** Whether its keeper's methods have pointer receivers: an interface then takes its address. */
  readonly byAddress: boolean;
  /** The folder of the package that makes it, where it is one of the repository. */
  readonly dir: string | undefined;
  /** Its configuration for depinject, where it has one. */
  readonly config: ModuleConfig | undefined;
}

/** The protobuf message that configures a module in a depinject app. */
export interface ModuleConfig {
  /** The full name of the message: `cosmos.bank.module.v1.Module`. */
  readonly message: string;
  /** The import path of the message's Go package. */
  readonly path: string;
}

/** The last element of a module's path: `bank` of `…/x/bank`, also of `…/x/bank/module`. */
export function baseOf(path: string): string {
  const elements = path.split('/').filter(element => !/^(v\d+|module|types|keeper)$/.test(element));
  return elements.at(-1)!;
}
