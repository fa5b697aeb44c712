import { deepStrictEqual, ok } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFix } from '../../core/fix.ts';
import { rules } from '../../core/rules/all.ts';
import type { State } from '../../scripts/builds/states.ts';
import { typeChecked } from '../../scripts/builds/type-checked.ts';
import { put } from '../support/edits.ts';
import type { Row } from '../truth/row.ts';
import { rowsOf } from '../truth/rows.ts';
import { Versions } from '../truth/versions.ts';
import type { Texts } from '../truth/versions.ts';

/** Mistakes that no node is asked about, since it starts with them or they need none to be seen. */
const more: readonly Pick<Row, 'rule' | 'edits' | 'where' | 'release'>[] = [
  { rule: 'empty-rename', edits: [put('app/upgrades/v3/constants.go', '{OldKey: "box", NewKey: boxtypes.StoreKey},', '{OldKey: "box", NewKey: boxtypes.StoreKey},\n\t\t\t{OldKey: "", NewKey: "shelf2"},')] },
  {
    rule: 'handler-signature', edits: [put('app/upgrades.go', '\tfor _, upgrade := range Upgrades {\n\t\tapp.UpgradeKeeper.SetUpgradeHandler(', `\tif app.UpgradeKeeper.HasHandler("v2") {
\t\tpanic("registered twice")
\t}
\tapp.UpgradeKeeper.SetUpgradeHandler("v9", v3.CreateUpgradeHandler(app.ModuleManager, app.configurator))
\tfor _, upgrade := range Upgrades {
\t\tapp.UpgradeKeeper.SetUpgradeHandler(`)],
  },
];

/** Why a rule's repairs cannot be seen here. */
const notHere: Readonly<Record<string, string>> = {
  'store-upgrades-loop-pointer': 'the SDK of this chain demands Go 1.22 or newer, where each round of a loop has its own variable',
};

describe('what is left by the repairs that rules offer', function () {
  this.timeout(20 * 60_000);
  let versions: Versions, folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'chain-upgrade-repairs-'));
    versions = new Versions('0.50');
  });
  after(() => {
    versions?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('compiles', async () => {
    const states: State[] = [], seen = new Set<string>();
    for (const row of [...rowsOf('0.50'), ...more]) {
      const { rule } = row, { now, relint } = await versions.read(row), problems = relint(now);
      ok(problems.some(problem => problem.rule === rule), `${rule} is silent about its mistake`);
      // Other rules may see the mistake too, and every repair is offered to a person.
      for (const { rule: speaking, fixes } of problems) {
        for (const fix of fixes) {
          const { texts } = withFix(now, fix), written = JSON.stringify([...texts]);
          if (seen.has(written)) continue;
          seen.add(written);
          states.push(stateOf(`${speaking}: ${fix.title}`, String(states.length), texts));
        }
      }
    }
    const { before, after } = typeChecked({ module: versions.next.dir, packages: './...' }, states);
    deepStrictEqual(before.words, []);
    deepStrictEqual(after.flatMap(({ words }, i) => words.map(line => `${states[i]!.variant}: ${line}`)), []);
    const repaired = new Set(states.map(({ variant }) => variant.split(':')[0]!));
    console.log(`      ${states.length} repairs of ${repaired.size} rules compile; none is offered here by:`);
    for (const { name, severity } of rules) if (!repaired.has(name)) console.log(`        ${name} (${severity}): ${notHere[name] ?? 'it offers none for the mistakes made here'}`);
    for (const name of Object.keys(notHere)) ok(!repaired.has(name), `${name} is repaired here after all`);
  });

  /** A version of the chain, laid over the good one. */
  function stateOf(variant: string, name: string, texts: Texts): State {
    const { good, next } = versions, dir = join(folder, name), replace: Record<string, string> = {};
    mkdirSync(dir);
    for (const [i, file] of [...new Set([...good.keys(), ...texts.keys()])].entries()) {
      const text = texts.get(file);
      if (text === good.get(file)) continue;
      // An empty path takes the file out.
      replace[join(next.dir, file)] = text === undefined ? '' : join(dir, String(i));
      if (text !== undefined) writeFileSync(join(dir, String(i)), text);
    }
    writeFileSync(join(dir, 'overlay.json'), JSON.stringify({ Replace: replace }));
    return { variant, plan: { creates: [], edits: [], notes: [] }, overlay: join(dir, 'overlay.json'), changed: [], unformatted: [] };
  }
});
