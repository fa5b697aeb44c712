/** Whether a constraint holds; undefined where that depends on the build. */
type Truth = boolean | undefined;

/**
 * Whether no build takes a file in, by the constraint above its package clause: `ignore` is never
 * set, and `go1.N` holds for every Go that a go.mod lets build the module. `goVersion` is its `go`
 * directive. Other tags may be set or not.
 */
export function isNeverBuilt(constraint: string, goVersion: string | undefined): boolean {
  const [, minor] = /^1\.(\d+)/.exec(goVersion ?? '') ?? [];
  const least = minor === undefined ? -1 : Number(minor);
  return new Constraint(constraint, least).value() === false;
}

/** A `//go:build` expression, read from left to right: `||` over `&&` over `!`. */
class Constraint {
  private readonly tokens: readonly string[];
  private readonly least: number;
  private at = 0;

  constructor(text: string, least: number) {
    this.tokens = text.match(/&&|\|\||!|\(|\)|[^\s&|!()]+/g) ?? [];
    this.least = least;
  }

  value(): Truth {
    const value = this.either();
    // What cannot be read to its end says nothing.
    return this.at === this.tokens.length ? value : undefined;
  }

  private either(): Truth {
    let value = this.both();
    while (this.takes('||')) {
      const other = this.both();
      if (value === true || other === true) value = true;
      else value = value === false && other === false ? false : undefined;
    }
    return value;
  }

  private both(): Truth {
    let value = this.single();
    while (this.takes('&&')) {
      const other = this.single();
      if (value === false || other === false) value = false;
      else value = value === true && other === true ? true : undefined;
    }
    return value;
  }

  private single(): Truth {
    if (this.takes('!')) {
      const value = this.single();
      return value === undefined ? undefined : !value;
    }
    if (this.takes('(')) {
      const value = this.either();
      return this.takes(')') ? value : undefined;
    }
    const tag = this.tokens[this.at++];
    if (tag === 'ignore') return false;
    const [, minor] = /^go1\.(\d+)$/.exec(tag ?? '') ?? [];
    return minor !== undefined && Number(minor) <= this.least ? true : undefined;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}
