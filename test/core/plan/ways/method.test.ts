import assert from 'node:assert/strict';
import type { Plan } from '../../../../core/plan/plan.ts';
import { chainTexts } from '../../../support/chains.ts';
import { cut, edited, put } from '../../../support/edits.ts';
import { openChain, planIn } from '../../../support/plans.ts';

const file = 'app/upgrades.go';

/**
 * The plan for v1.6 where no upgrade is registered by the shared helper, and the newest method is
 * written in another way.
 */
async function planned(before: string, after: string): Promise<Plan> {
  const texts = edited(new Map(Object.entries(chainTexts('methods'))), [
    cut(file, '\tapp.registerUpgrade("v1.2", onDisk, nil, nil)\n'),
    cut(file, '\tapp.registerUpgrade("v1.4", onDisk, []string{"ashes"}, nil)\n'),
    put(file, before, after),
  ]);
  const opened = await openChain('methods', { texts: Object.fromEntries(texts) });
  return planIn(opened, { name: 'v1.6' });
}

/** The method that a plan writes, up to its first blank line. */
function newMethod(plan: Plan): string {
  assert.equal(plan.refused?.reason, undefined);
  const after = plan.edits.find(edit => edit.file === file)!.after;
  const start = after.indexOf('func (app *App) registerUpgrade1_6(');
  return after.slice(start, after.indexOf('\n\n', start));
}

describe('methods that register one upgrade each', () => {
  const newest = '\tplanName := "v1.5"\n';

  for (const declaration of [
    'const planName = "v1.5"',
    'const planName string = "v1.5"',
    'var planName = "v1.5"',
    'var planName string = "v1.5"',
    'const (\n\t\tplanName = "v1.5"\n\t)',
  ])
    it(`follows a name declared as ${declaration.replace(/\s+/g, ' ')}`, async () => {
      const plan = await planned(newest, `\t${declaration}\n`);
      assert.ok(newMethod(plan).includes(declaration.replace('v1.5', 'v1.6')), newMethod(plan));
    });

  it('leaves out what says the name before it is declared', async () => {
    const plan = await planned(newest, `\tprintln("v1.5")\n\n${newest}`);
    assert.match(newMethod(plan), /\{\n\tplanName := "v1\.6"$/);
  });
});
