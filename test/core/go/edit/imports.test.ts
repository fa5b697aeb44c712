import assert from 'node:assert/strict';
import { applyEdits } from '../../../../core/go/edit/edit.ts';
import type { ImportSpec } from '../../../../core/go/edit/imports.ts';
import { addImports, dropImports } from '../../../../core/go/edit/imports.ts';
import { factsOf } from '../../../support/go.ts';
import { gofmtIsHere, gofmtWish, withoutGofmt } from '../../../support/gofmt.ts';

const fmt: ImportSpec = { path: 'fmt', alias: undefined };
const sdk: ImportSpec = { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' };
const store: ImportSpec = { path: 'cosmossdk.io/store/types', alias: 'storetypes' };
const mine: ImportSpec = { path: 'example.org/chain/app/upgrades/v2', alias: undefined };

/** The import block that a file with these lines in it has after imports were added. */
function block(lines: string, wanted: readonly ImportSpec[]): string {
  const text = `package a\n\nimport (\n${lines}\n)\n\nvar x = 1\n`;
  const after = applyEdits(text, addImports(factsOf(text), wanted, 'example.org/chain'));
  if (gofmtIsHere) assert.equal(gofmtWish(after), undefined);
  return after.slice(after.indexOf('(\n') + 2, after.indexOf('\n)'));
}

describe(`addImports${gofmtIsHere ? '' : ` (${withoutGofmt})`}`, () => {
  it('puts an import into the group of its kind, in order', () => {
    assert.equal(
      block('\t"context"\n\n\t"cosmossdk.io/math"\n\t"github.com/a/b"', [fmt, store]),
      '\t"context"\n\t"fmt"\n\n\t"cosmossdk.io/math"\n\tstoretypes "cosmossdk.io/store/types"\n\t"github.com/a/b"',
    );
  });

  it('gives the standard library a group before all others', () => {
    assert.equal(
      block('\t"github.com/a/b"', [fmt, store]),
      '\t"fmt"\n\n\tstoretypes "cosmossdk.io/store/types"\n\t"github.com/a/b"',
    );
  });

  it('gives others a group behind the standard library', () => {
    assert.equal(
      block('\t"context"', [sdk, mine]),
      '\t"context"\n\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n\n\t"example.org/chain/app/upgrades/v2"',
    );
  });

  it("keeps the repository's own imports apart where they stand apart", () => {
    assert.equal(
      block('\t// ours\n\t"example.org/chain/app"', [fmt, sdk, mine]),
      '\t"fmt"\n\n\tsdk "github.com/cosmos/cosmos-sdk/types"\n\n\t// ours\n\t"example.org/chain/app"\n\t"example.org/chain/app/upgrades/v2"',
    );
  });

  it('leaves a file that mixes everything as mixed as it is', () => {
    assert.equal(
      block('\t"context"\n\t"example.org/chain/app"\n\t"github.com/a/b"', [fmt, mine]),
      '\t"context"\n\t"example.org/chain/app"\n\t"example.org/chain/app/upgrades/v2"\n\t"fmt"\n\t"github.com/a/b"',
    );
  });

  it('turns a single import into groups', () => {
    const text = 'package a\n\nimport "github.com/a/b"\n';
    assert.equal(
      applyEdits(text, addImports(factsOf(text), [fmt, mine], 'example.org/chain')),
      'package a\n\nimport (\n\t"fmt"\n\n\t"github.com/a/b"\n\n\t"example.org/chain/app/upgrades/v2"\n)\n',
    );
  });

  it('adds a block to a file without imports, and nothing twice', () => {
    const text = 'package a // with a comment\n';
    assert.equal(
      applyEdits(text, addImports(factsOf(text), [fmt, fmt])),
      'package a // with a comment\n\nimport "fmt"\n',
    );
    assert.equal(addImports(factsOf('package a\n\nimport "fmt"\n'), [fmt]).length, 0);
  });
});

describe(`dropImports${gofmtIsHere ? '' : ` (${withoutGofmt})`}`, () => {
  it('sets the column of comments behind the others anew, in the lines around it alone', () => {
    const kept = '\t_ "a.org/long/name" // apart\n\n\t_ "github.com/a/b" // b\n';
    const text = `package a\n\nimport (\n${kept.replace('"github.com/a/b" // b', '"github.com/a/b"    // b')}\t_ "github.com/a/long" // longer\n)\n`;
    const after = dropImports(factsOf(text), ({ path }) => path === 'github.com/a/long');
    assert.equal(after, `package a\n\nimport (\n${kept})\n`);
    if (gofmtIsHere) for (const one of [text, after]) assert.equal(gofmtWish(one), undefined);
  });

  it('leaves what a comment with parentheses stands in, and the marker of a scaffold', () => {
    const text = (effect: string) =>
      `package a\n\nimport (\n\t"a.org/a"\n\n\t// of b (see c)\n\t"b.org/b"\n\t"b.org/c"\n\n\t// this line is used by starport scaffolding # 1\n${effect})\n\nvar x = (1)\n`;
    const isEffect = ({ alias }: ImportSpec) => alias === '_';
    assert.equal(
      dropImports(factsOf(text('\t// its effects\n\t_ "d.org/d"\n')), isEffect),
      text(''),
    );
  });
});
