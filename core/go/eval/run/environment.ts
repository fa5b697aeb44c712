import type { Expr } from '../expr.ts';

/**
 * What a variable holds at one point of a run, not looked at until somebody asks. `result` counts
 * the results of a call that gives several.
 */
export type Held =
  | {
      readonly kind: 'value';
      readonly expr: Expr;
      readonly env: Environment;
      readonly result: number;
    }
  /** Declared without a value. */
  | { readonly kind: 'zero'; readonly at: Expr; readonly type: Expr | undefined }
  /** One of several, by what is not known. */
  | { readonly kind: 'either'; readonly of: readonly Held[] }
  /** `x.Field = …` */
  | {
      readonly kind: 'changed';
      readonly before: Held;
      readonly field: string;
      readonly to: Held;
      readonly at: Expr;
    }
  /** What a function leaves in what it was given to fill. */
  | {
      readonly kind: 'filled';
      readonly before: Held;
      readonly call: Expr;
      readonly argument: number;
      readonly env: Environment;
    }
  | { readonly kind: 'unknown'; readonly at: Expr; readonly why: string };

/** What was done last: a variable that was declared or assigned. */
interface Change {
  readonly name: string;
  readonly held: Held;
  readonly isDeclaration: boolean;
  readonly before: Environment;
}

/** The variables of a function at one point of a run. A value: changes give another one. */
export class Environment {
  static readonly empty = new Environment();

  private readonly change: Change | undefined;

  private constructor(change?: Change) {
    this.change = change;
  }

  /** What a variable holds; undefined where the function has none of that name here. */
  get(name: string): Held | undefined {
    let { change } = this as Environment;
    while (change && change.name !== name) ({ change } = change.before);
    return change?.held;
  }

  declare(name: string, held: Held): Environment {
    return new Environment({ name, held, isDeclaration: true, before: this });
  }

  assign(name: string, held: Held): Environment {
    return new Environment({ name, held, isDeclaration: false, before: this });
  }

  /** Behind a block that began with `outer`: without what the block declared. */
  outOf(outer: Environment): Environment {
    const declared = new Set<string>();
    let left = outer;
    for (const { name, held, isDeclaration } of this.since(outer)) {
      if (isDeclaration) declared.add(name);
      else if (!declared.has(name)) left = left.assign(name, held);
    }
    return left;
  }

  /** Where ways meet again that parted in this one: a variable may hold what any of them gave it. */
  join(ways: readonly Environment[]): Environment {
    const [only, ...others] = new Set(ways);
    if (!only || others.length === 0) return only ?? this;
    const names = new Set(ways.flatMap(way => way.since(this).map(({ name }) => name)));
    let joined: Environment = this;
    for (const name of names) {
      const all = new Set(ways.flatMap(way => way.get(name) ?? []));
      const [first, ...more] = all;
      if (first)
        joined = joined.assign(name, more.length > 0 ? { kind: 'either', of: [...all] } : first);
    }
    return joined;
  }

  /** What was declared and assigned since another one, in order. */
  private since(outer: Environment): Change[] {
    const found: Change[] = [];
    for (let at: Environment = this; at !== outer && at.change; at = at.change.before)
      found.push(at.change);
    return found.reverse();
  }
}
