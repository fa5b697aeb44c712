import assert from 'node:assert/strict';
import { isInPlainBuild, isNeverBuilt } from '../../../../core/go/source/build-constraint.ts';
import { buildConstraint } from '../../../../core/go/source/facts.ts';
import { put } from '../../../support/edits.ts';
import { changedChain, offered, refusal, registeredNames } from '../../../support/planned.ts';

describe('files that a build without tags takes in', () => {
  const cases: [constraint: string, isIn: boolean][] = [
    ['experimental', false],
    ['!experimental', true],
    ['mainnet || !testnet', true],
    ['!(mainnet || testnet)', true],
    ['linux && cgo', true],
    ['windows', false],
    ['go1.22', true],
    ['ignore', false],
    ['experimental &&', true],
  ];
  for (const [constraint, isIn] of cases)
    it(`${constraint}: ${isIn}`, () => assert.equal(isInPlainBuild(constraint), isIn));
});

describe('files that no build takes in', () => {
  const cases: [constraint: string, go: string | undefined, never: boolean][] = [
    ['ignore', undefined, true],
    ['ignore && linux', '1.22', true],
    ['ignore || linux', '1.22', false],
    ['!ignore', '1.22', false],
    ['!go1.20', '1.22.3', true],
    ['!go1.22', '1.22', true],
    ['!go1.23', '1.22', false],
    ['!go1.20', undefined, false],
    ['!go1.20 && !tools', '1.22', true],
    ['!(go1.20 && linux)', '1.22', false],
    ['!(go1.20 || linux)', '1.22', true],
    ['go1.20', '1.22', false],
    ['testnet', '1.22', false],
    ['!testnet && testnet', '1.22', false],
    ['!go1.20 &&', '1.22', false],
  ];
  for (const [constraint, go, never] of cases)
    it(`${constraint} with go ${go ?? 'unknown'}: ${never}`, () =>
      assert.equal(isNeverBuilt(constraint, go), never));

  it('may have constraints of the older form', () => {
    const of = (...lines: string[]) =>
      buildConstraint(`${lines.map(line => `// +build ${line}\n`).join('')}\npackage app\n`);
    assert.equal(of('mainnet'), 'mainnet');
    assert.equal(of('linux,cgo darwin', '!go1.20'), '(linux && cgo || darwin) && !go1.20');
  });

  const words = (constraint: string) => [
    { file: 'app/old.go', after: `${constraint}\n\npackage app\n\nthis chain wants a newer Go\n` },
  ];

  it('need not be Go', async () => {
    for (const constraint of ['//go:build !go1.18', '// +build ignore,linux']) {
      const { after } = offered(await changedChain('list', words(constraint)), { name: 'v4' });
      assert.deepEqual(registeredNames(after), ['v2', 'v3', 'v4']);
    }
  });

  it('register nothing', async () => {
    const opened = await changedChain('list', [
      put('app/app.go', '\t\tv3.Upgrade,\n', '\t\tv3.Upgrade,\n\t\tv9.Upgrade,\n'),
      {
        file: 'app/old.go',
        after:
          '//go:build !go1.19\n\npackage app\n\nfunc (app *HarborApp) setupUpgradeHandlers() {\n\tapp.UpgradeKeeper.SetUpgradeHandler("v0", nil)\n}\n',
      },
    ]);
    assert.ok(!registeredNames(opened).includes('v0'));
  });

  it('have to be Go where some build may take them in', async () => {
    for (const constraint of ['//go:build !go1.99', '//go:build testnet', '// a comment'])
      assert.match(
        refusal(await changedChain('list', words(constraint)), { name: 'v4' }),
        /app\/old\.go:5: syntax error/,
      );
  });
});
