import assert from 'node:assert/strict';
import { analyse } from '../../../core/chain/analysis.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { chainTexts } from '../../support/chains.ts';
import { repoOf } from '../../support/go.ts';
import { planIn } from '../../support/plans.ts';

/** How an upgrade's plan, folder and package are called. */
interface Names {
  readonly plan: string;
  readonly folder: string;
  readonly clause: string;
}

const upgrades = 'github.com/harbor-chain/harbor/app/upgrades';

/** The upgrade of a version under other names. */
function renamed(text: string, version: string, { plan, folder, clause }: Names): string {
  return text
    .replace(new RegExp(`^package ${version}$`, 'm'), `package ${clause}`)
    .replaceAll(`UpgradeName = "${version}"`, `UpgradeName = "${plan}"`)
    .replaceAll(`${version} "${upgrades}/${version}"`, `${clause} "${upgrades}/${folder}"`)
    .replaceAll(`${version}.Upgrade,`, `${clause}.Upgrade,`);
}

/** A new upgrade in a chain whose two upgrades have those names. */
async function planned(name: string, second: Names, third: Names): Promise<Plan> {
  const texts = Object.entries(chainTexts('list')).map(([file, text]) => [
    file
      .replace('/upgrades/v2/', `/upgrades/${second.folder}/`)
      .replace('/upgrades/v3/', `/upgrades/${third.folder}/`),
    file.endsWith('.go') ? renamed(renamed(text, 'v2', second), 'v3', third) : text,
  ]);
  const analysis = analyse(await repoOf(Object.fromEntries(texts)));
  return planIn(
    { ...analysis, app: analysis.chain.apps[0]! },
    { name, added: [], deleted: [], renamed: [] },
  );
}

/** The folder and the package clause of what is written. */
function writtenBy(plan: Plan): string[] {
  assert.equal(plan.refused, undefined);
  const written = plan.creates.map(({ file, text }) => {
    const folder = file.split('/').at(-2)!;
    return `${folder} ${/^package (\w+)$/m.exec(text)![1]!}`;
  });
  return [...new Set(written)];
}

describe('the folder and the package of a new upgrade', () => {
  it('differ by their separators where those of the neighbours do', async () => {
    const plan = await planned(
      'drs-8',
      { plan: 'drs-6', folder: 'drs-6', clause: 'drs6' },
      { plan: 'drs-7', folder: 'drs-7', clause: 'drs7' },
    );
    assert.deepEqual(writtenBy(plan), ['drs-8 drs8']);
    assert.match(plan.edits.map(({ after }) => after).join(''), /\tdrs8 "\S+\/upgrades\/drs-8"\n/);
  });

  it('are both without separators where the neighbours are', async () => {
    const plan = await planned(
      'drs-8',
      { plan: 'drs-6', folder: 'drs6', clause: 'drs6' },
      { plan: 'drs-7', folder: 'drs7', clause: 'drs7' },
    );
    assert.deepEqual(writtenBy(plan), ['drs8 drs8']);
  });

  it('follow the next neighbour where the newest has names of its own', async () => {
    const plan = await planned(
      'drs-8',
      { plan: 'drs-6', folder: 'drs-6', clause: 'drs6' },
      { plan: 'drs-7', folder: 'dividends', clause: 'dividends' },
    );
    assert.deepEqual(writtenBy(plan), ['drs-8 drs8']);
  });

  it('keep underlines where the neighbours have them', async () => {
    const plan = await planned(
      'drs-8',
      { plan: 'drs-6', folder: 'drs-6', clause: 'drs_6' },
      { plan: 'drs-7', folder: 'drs-7', clause: 'drs_7' },
    );
    assert.deepEqual(writtenBy(plan), ['drs-8 drs_8']);
  });

  it('are as Go wants them where no neighbour has separators', async () => {
    const plan = await planned(
      'drs-8',
      { plan: 'six', folder: 'harbour', clause: 'harbour' },
      { plan: 'seven', folder: 'dividends', clause: 'dividends' },
    );
    assert.deepEqual(writtenBy(plan), ['drs_8 drs_8']);
  });

  it('are those of versions as before', async () => {
    const plan = await planned(
      'v4.1.0',
      { plan: 'v2.1.0', folder: 'v2.1.0', clause: 'v210' },
      { plan: 'v3.1.0', folder: 'v3.1.0', clause: 'v310' },
    );
    assert.deepEqual(writtenBy(plan), ['v4.1.0 v410']);
  });
});
