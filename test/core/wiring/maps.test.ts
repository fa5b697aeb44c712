import assert from 'node:assert/strict';
import { chainTexts, changedText } from '../../support/chains.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

/** The plans that are registered, a question mark for one that is not known. */
function registered({ app }: Opened): string[] {
  return app.upgrades.filter(upgrade => upgrade.registered).map(({ name }) => name ?? '?');
}

describe('a map of upgrades', () => {
  it('may be of a named type', async () => {
    const path = 'app/upgrades.go';
    const text = changedText(
      'map',
      path,
      'var flowers = map[string]planned{',
      'type plans map[string]planned\n\nvar flowers = plans{',
    );
    const opened = await openChain('map', { texts: { [path]: text } });
    const before = registered(await openChain('map'));
    assert.deepEqual(registered(opened), before);
    const plan = planIn(opened, { name: 'zinnia' });
    assert.equal(plan.refused?.reason, undefined);
    assert.deepEqual(registered(applied(opened, plan)), [...before, 'zinnia']);
  });
});

describe('a map that statements fill', () => {
  const path = 'app/upgrades.go';

  /** The small chain `map`, whose map is declared empty, with these statements. */
  async function entered(
    statements: string,
    given = 'var flowers = map[string]planned{}',
  ): Promise<Opened> {
    const text = chainTexts('map')[path]!;
    const start = text.indexOf('var flowers = ');
    const end = text.indexOf('\n}\n', start) + 3;
    const changed = `${text.slice(0, start)}${given}\n\n${statements}\n${text.slice(end)}`;
    assert.ok(start > 0 && end > start);
    return openChain('map', { texts: { [path]: changed } });
  }

  it('is read where init fills it', async () => {
    const opened = await entered(
      'func init() {\n\tflowers["aster"] = planned{}\n\tflowers["begonia"] = planned{Added: []string{"petal"}}\n}',
    );
    assert.deepEqual(registered(opened), ['aster', 'begonia']);
  });

  it('is read beside what it is declared with', async () => {
    const opened = await entered(
      'func init() { flowers["begonia"] = planned{} }',
      'var flowers = map[string]planned{"aster": {}}',
    );
    assert.deepEqual(registered(opened), ['aster', 'begonia']);
  });

  it('is read that is made, and that is of a named type', async () => {
    const statement = 'func init() { flowers["aster"] = planned{} }';
    const made = await entered(statement, 'var flowers = make(map[string]planned)');
    assert.deepEqual(registered(made), ['aster']);
    const ofPlans = await entered(
      `type plans map[string]planned\n\n${statement}`,
      'var flowers = plans{}',
    );
    assert.deepEqual(registered(ofPlans), ['aster']);
  });

  it('is unknown where the name is', async () => {
    const opened = await entered('func bloom(name string) { flowers[name] = planned{} }');
    assert.deepEqual(registered(opened), ['?']);
  });

  it('is not extended by guessing', async () => {
    const opened = await entered('func init() {\n\tflowers["aster"] = planned{}\n}');
    assert.match(planIn(opened, { name: 'zinnia' }).refused?.reason ?? '', /by hand/);
  });
});
