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
  const tag = (name: string): Truth => (name === 'ignore' ? false : isGo(name, least));
  return new Constraint(constraint, tag).value() === false;
}

const ofServers = new Set(['linux', 'unix', 'amd64', 'arm64', 'cgo', 'gc']);

/**
 * Whether a build without tags of its own takes a file in, on a machine that validators use: a
 * chain's releases may be built with others, and then hold more.
 */
export function isInPlainBuild(constraint: string): boolean {
  const tag = (name: string) =>
    ofServers.has(name) || isGo(name, Number.POSITIVE_INFINITY) === true;
  return new Constraint(constraint, tag).value() !== false;
}

/** Whether a tag is a Go release that every Go from 1.`least` on is; undefined where not all are. */
function isGo(name: string, least: number): Truth {
  const [, minor] = /^go1\.(\d+)$/.exec(name) ?? [];
  return minor !== undefined && Number(minor) <= least ? true : undefined;
}

/** A `//go:build` expression, read from left to right: `||` over `&&` over `!`. */
class Constraint {
  private readonly tokens: readonly string[];
  private readonly tag: (name: string) => Truth;
  private at = 0;

  constructor(text: string, tag: (name: string) => Truth) {
    this.tokens = text.match(/&&|\|\||!|\(|\)|[^\s&|!()]+/g) ?? [];
    this.tag = tag;
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
    return tag === undefined ? undefined : this.tag(tag);
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}
