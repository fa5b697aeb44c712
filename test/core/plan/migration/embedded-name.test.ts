import assert from 'node:assert/strict';
import { chainTexts } from '../../../support/chains.ts';
import { replaceOnce } from '../../../support/edits.ts';
import { migrationIn, openChain } from '../../../support/plans.ts';

const file = 'x/berth/module.go';

describe('the migration of a module', () => {
  it('whose type embeds a helper of another module, and is named by another type', async () => {
    const module = replaceOnce(
      file,
      chainTexts('list')[file]!,
      'func (AppModule) Name() string { return types.ModuleName }',
      'func (*named) Name() string { return types.ModuleName }\n\ntype named struct{}',
    );
    const embedding = replaceOnce(
      file,
      module,
      'type AppModule struct {\n',
      'type AppModule struct {\n\ttools.Reporter\n\t*named\n',
    );
    const opened = await openChain('list', {
      texts: {
        [file]: replaceOnce(
          file,
          embedding,
          '\t"github.com/harbor-chain/harbor/x/berth/keeper"\n',
          '\t"github.com/harbor-chain/harbor/x/berth/keeper"\n\t"github.com/harbor-chain/harbor/x/tools"\n',
        ),
        'x/tools/reporter.go': 'package tools\n\ntype Reporter struct{}\n',
        'x/tools/types/keys.go': 'package types\n\nconst ModuleName = "tools"\n',
      },
    });
    assert.deepEqual(
      opened.chain.modules.map(({ name, dir }) => `${name} ${dir}`),
      ['berth x/berth'],
    );
    const plan = migrationIn(opened, 'x/berth');
    assert.equal(plan.refused?.reason, undefined);
    const after = plan.edits.find(edit => edit.file === file)!.after;
    assert.match(after, /RegisterMigration\(types\.ModuleName, 2, m\.Migrate2to3\)/);
  });
});
