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

/** What stands in the editor when every tab stop keeps its default and every choice its first. */
function render(body: string): string {
  const values = new Map<string, string>();
  let i = 0;
  const until = (end: string): string => {
    let out = '';
    while (i < body.length && body[i] !== end) {
      const rest = body.slice(i);
      const stop = /^\$(?:(\d+)|\{(\d+)(\}|:|\|))/.exec(rest);
      if (/^\\[$}\\,|]/.test(rest)) {
        out += rest[1];
        i += 2;
      } else if (stop) {
        i += stop[0].length;
        const id = stop[1] ?? stop[2]!;
        if (stop[3] === ':') values.set(id, until('}'));
        else if (stop[3] === '|') values.set(id, until('|').split(',')[0]!);
        // The closing `}` of a default or of a choice.
        if (stop[3] === ':' || stop[3] === '|') i = body.indexOf('}', i) + 1;
        out += values.get(id) ?? '';
      } else {
        out += body[i++];
      }
    }
    return out;
  };
  return until('\0');
}

/** Declarations stand in a file, statements in a function. */
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
  it('are told apart by prefixes that start with cu-', () => {
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
    assert.equal(render('a${1:v${2:2}} $1 ${3|x,y|} \\$'), 'av2 v2 x $');
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
