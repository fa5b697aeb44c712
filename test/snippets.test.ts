import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from './support/go.ts';
import { projectRoot } from './support/root.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = JSON.parse(readFileSync(join(projectRoot, 'snippets/go.json'), 'utf8')) as Record<
  string,
  Snippet
>;

/** What is in the editor when every tab stop keeps its default and every choice its first. */
function render(body: string): string {
  return new Renderer(body).until('\0');
}

/** Reads the body of a snippet from its start to its end. */
class Renderer {
  private readonly body: string;
  private readonly values = new Map<string, string>();
  private offset = 0;

  constructor(body: string) {
    this.body = body;
  }

  /** The text in front of a character; tab stops in it are replaced. */
  until(end: string): string {
    let text = '';
    while (this.offset < this.body.length && this.body[this.offset] !== end) text += this.next();
    return text;
  }

  private next(): string {
    const rest = this.body.slice(this.offset);
    const escaped = /^\\([$}\\,|])/.exec(rest)?.[1];
    if (escaped !== undefined) {
      this.offset += 2;
      return escaped;
    }
    const stop = /^\$(?:(\d+)|\{(\d+)(\}|:|\|))/.exec(rest);
    if (stop) return this.tabStop(stop);
    this.offset++;
    return rest[0]!;
  }

  /** `$1`, `${1}`, `${1:default}` or `${1|a,b|}`. */
  private tabStop([written, plain, braced, kind]: RegExpExecArray): string {
    this.offset += written.length;
    const id = plain ?? braced!;
    if (kind === ':') this.values.set(id, this.until('}'));
    if (kind === '|') this.values.set(id, this.until('|').split(',')[0]!);
    // The closing `}` of a default or of a choice.
    if (kind === ':' || kind === '|') this.offset = this.body.indexOf('}', this.offset) + 1;
    return this.values.get(id) ?? '';
  }
}

/** A file around declarations, or around statements in a function. */
function asFile(go: string): string {
  return /^(\/\/.*\n)*(func|import|const|var|type)\b/.test(go)
    ? `package a\n\n${go}\n`
    : `package a\n\nfunc f() {\n${go}\n}\n`;
}

const signatures: Record<string, string> = {
  'cu-handler':
    'func(ctx context.Context, plan upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {',
  'cu-handler-047':
    'func(ctx sdk.Context, plan upgradetypes.Plan, fromVM module.VersionMap) (module.VersionMap, error) {',
  'cu-handler-042': 'func(ctx sdk.Context, plan upgradetypes.Plan) {',
};

describe('snippets', () => {
  it('have prefixes of their own, which start with cu-', () => {
    const prefixes = Object.values(snippets).flatMap(s => s.prefix);
    assert.deepEqual(
      prefixes.filter(p => !p.startsWith('cu-')),
      [],
    );
    assert.equal(new Set(prefixes).size, prefixes.length);
  });

  for (const [name, { prefix, body }] of Object.entries(snippets)) {
    it(`${prefix[0]} (${name}) is Go`, () => {
      const go = render(body.join('\n'));
      assert.doesNotMatch(go, /\$|\\/, 'something of the snippet syntax is left');
      parser.parse(asFile(go), tree =>
        assert.equal(tree.rootNode.hasError, false, `${go}\n\n${tree.rootNode.toString()}`),
      );
      for (const p of prefix)
        if (signatures[p]) assert.ok(go.includes(signatures[p]), `${p}: ${signatures[p]}`);
    });
  }

  it('the render and the parser notice what is wrong', () => {
    assert.equal(render(`a\${1:v\${2:2}} $1 \${3|x,y|} \\$`), 'av2 v2 x $');
    parser.parse(asFile('if x {'), tree => assert.equal(tree.rootNode.hasError, true));
  });

  it('every generation has its handler', () => {
    const prefixes = new Set(Object.values(snippets).flatMap(s => s.prefix));
    assert.deepEqual(
      Object.keys(signatures).filter(p => !prefixes.has(p)),
      [],
    );
  });
});
