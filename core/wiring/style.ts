import type { Expr, StructValue, Value } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts, Func } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';

/** A way of registering handlers (`R…`) or of loading stores (`S…`). */
export type StyleCode = `R${string}` | `S${string}`;

/** The app whose wiring is looked at. */
export interface AppSource {
  readonly repo: Repo;
  readonly dir: string;
  /** The app struct's name. */
  readonly type: string;
}

/** A call of interest inside a function of the app, and what stands around it. */
export interface Site {
  /** The call. */
  readonly call: Expr;
  readonly dir: string;
  readonly func: Func;
  readonly fn: SyntaxNode;
  /** The `for … range` around it, inside the function. */
  readonly loop: SyntaxNode | undefined;
  /** The `if` around it, inside the function, unless it only guards against a handler set twice. */
  readonly condition: SyntaxNode | undefined;
  /** False for code that nothing calls. */
  readonly reachable: boolean;
}

/** A handler's registration as one style understands it. */
export interface Registration {
  readonly code: StyleCode;
  readonly name: Value;
  /** The name as written where the upgrade is defined. */
  readonly nameExpr: Expr;
  /** The folder of the package that defines the upgrade. */
  readonly package: string;
  readonly site: Site;
  /** What is registered: the list's element, or the call itself. */
  readonly place: Expr;
  /** For list styles: the list's literal, the element and the struct it comes down to. */
  readonly list?: ListShape;
  readonly struct?: StructValue;
  /** The element of a list that only serves stores (R2s). */
  readonly element?: Expr;
  /** The handler: a constructor call, a closure, a function value. */
  readonly handler?: Expr;
  /** The upgrade's own StoreUpgrades where a method of its type gives them. */
  readonly stores?: Expr;
  /** The function that would register it, where nothing calls that. */
  readonly uncalled?: string;
}

/** A list of upgrades that a loop registers. */
export interface ListShape {
  /** The body of the slice literal. */
  readonly literal: Expr;
  /** The variable or function that holds it. */
  readonly name: string;
  /** How its elements spell the fields that the loop uses. */
  readonly nameField: string;
  readonly handlerField: string;
  /** The type of its elements, where that is declared. */
  readonly element?: Expr | undefined;
  readonly local: boolean;
}

/** A list that a loop registers, whether or not it has elements. */
export interface UpgradeList {
  readonly code: StyleCode;
  readonly site: Site;
  readonly list: ListShape;
  readonly elements: number;
}

/** A name and the expression it is written as. */
export type WrittenName = Value & { readonly expr: Expr };

/** Store names as read from a StoreUpgrades literal. */
export interface StoreLists {
  readonly added: readonly WrittenName[];
  readonly deleted: readonly WrittenName[];
  readonly renamed: readonly { readonly from: WrittenName; readonly to: WrittenName }[];
  readonly literal: Expr;
}

/** Where reading stopped, and why. */
export interface Unread {
  readonly expr: Expr;
  readonly why: string;
}

/**
 * A plan name and its stores: undefined for none, or, where `unread`, for stores that cannot be
 * read.
 */
export interface Served {
  readonly name: Value;
  readonly stores: StoreLists | undefined;
  readonly unread?: Unread;
}

/** A SetStoreLoader call as one style understands it. */
export interface StoreLoading {
  readonly code: StyleCode;
  readonly site: Site;
  /**
   * The plan names it serves with their stores; empty where the stores stand in the upgrades
   * themselves (S1).
   */
  readonly serves: readonly Served[];
}

/** The files and functions of the app that mention a name, gathered once per app. */
export interface Wiring {
  readonly app: AppSource;
  readonly registrations: readonly Registration[];
  /** What functions of the app would register that nothing calls, by names that are known. */
  readonly uncalled: readonly Registration[];
  readonly loadings: readonly StoreLoading[];
  /** The lists that registrations come from, empty ones too. */
  readonly lists: readonly UpgradeList[];
  /** Registrations that are made in a way that is not understood. */
  readonly unread: readonly Unread[];
  /** These, and names that are not known. */
  readonly unknown: readonly Unread[];
  /** Codes of styles that leave no registration behind (R14, R14f, R16, S0). */
  readonly codes: readonly StyleCode[];
}

/** A function with the file it stands in. */
export interface FuncAt {
  readonly facts: FileFacts;
  readonly func: Func;
  readonly dir: string;
}
