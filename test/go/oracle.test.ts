import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFiles } from '../../core/files.ts';
import { variantsFor } from '../../scripts/corpus/variants.ts';
import { addsOne } from '../../scripts/oracle/adds-one.ts';
import { compare } from '../../scripts/oracle/compare.ts';
import { withFolder, writePlan } from '../../scripts/oracle/export.ts';
import { askOracle } from '../../scripts/oracle/report.ts';
import { chainsDir, chainTexts } from '../support/chains.ts';
import { openChain, planIn } from '../support/plans.ts';

/**
 * Chains of which the oracle, going by names alone, counts otherwise than its rules for real chains
 * say.
 */
const told: Readonly<Record<string, string>> = {
  broken: 'it does not parse',
  notachain: 'it is no chain',
  map: 'the type of its entries is called planned; its StoreUpgrades only copies their fields',
};

describe('the oracle, which shares nothing with the reader', function () {
  this.timeout(120_000);

  for (const name of readdirSync(chainsDir).sort()) {
    it(`sees what is read in the small chain ${name}, and one registration more after New Upgrade`, async () => {
      if (told[name]) {
        console.log(`        not counted: ${told[name]}`);
        return;
      }
      const texts = chainTexts(name);
      await withFolder(memoryFiles(texts), folder => judge(name, folder));
    });
  }
});

async function judge(name: string, folder: string): Promise<void> {
  const opened = await openChain(name);
  const before = askOracle(folder);
  assert.deepEqual(
    compare(opened.repo, opened.chain, before).differences.filter(d => d.why === undefined),
    [],
  );
  for (const app of opened.chain.apps) {
    for (const variant of variantsFor(app).filter(v => !v.title.startsWith('convert'))) {
      const plan = planIn({ ...opened, app }, variant.answers);
      if (plan.refused) continue;
      writePlan(folder, [
        ...plan.creates.map(c => [c.file, c.text] as const),
        ...plan.edits.map(e => [e.file, e.after] as const),
      ]);
      assert.equal(addsOne(app, plan, variant.title, before, askOracle(folder)).fault, undefined);
      writePlan(
        folder,
        plan.edits.map(e => [e.file, e.before] as const),
      );
      for (const { file } of plan.creates) rmSync(join(folder, file));
    }
  }
}
