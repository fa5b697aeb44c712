import assert from 'node:assert/strict';
import { chainTexts, changedText } from '../../support/chains.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const file = 'app/upgrade.go';
const module = 'github.com/transit/transit';
const chained =
  'var router = upgrades.NewUpgradeRouter().\n\tRegister(v110.Upgrade).\n\tRegister(v120.Upgrade)\n';

/** The small chain `router` whose router is made and filled in another way. */
async function routed(filling: string, files: Record<string, string> = {}): Promise<Opened> {
  const text = changedText('router', file, chained, `${filling}\n`);
  return openChain('router', { texts: { [file]: text, ...files } });
}

function registered({ app }: Opened): (string | null)[] {
  return app.upgrades.filter(upgrade => upgrade.registered).map(upgrade => upgrade.name);
}

/** The file that fills the router after a new upgrade v1.3.0, which has to be written. */
function extended(opened: Opened, name = 'v1.3.0'): string {
  const plan = planIn(opened, { name });
  assert.equal(plan.refused?.reason, undefined);
  return applied(opened, plan).repo.texts.get(file)!;
}

const made = 'var router = upgrades.NewUpgradeRouter()\n\n';
const both = ['v1.1.0', 'v1.2.0'];

describe('a router of upgrades', () => {
  const read: [string, string, (string | null)[]][] = [
    [
      'by statements of init',
      `${made}func init() {\n\trouter.Register(v110.Upgrade)\n\trouter.Register(v120.Upgrade)\n}`,
      both,
    ],
    [
      'by a chain in a statement',
      `${made}func init() {\n\trouter.Register(v110.Upgrade).Register(v120.Upgrade)\n}`,
      both,
    ],
    [
      'where it is made, and afterwards',
      `var router = upgrades.NewUpgradeRouter().Register(v110.Upgrade)\n\nfunc init() { router.Register(v120.Upgrade) }`,
      both,
    ],
    [
      'by assignments',
      `${made}func init() {\n\trouter = router.Register(v110.Upgrade)\n\trouter = router.Register(v120.Upgrade)\n}`,
      both,
    ],
    [
      'in the function that makes it',
      'var router = newRouter()\n\nfunc newRouter() *upgrades.UpgradeRouter {\n\tall := upgrades.NewUpgradeRouter()\n\tall.Register(v110.Upgrade)\n\tall.Register(v120.Upgrade)\n\treturn all\n}',
      both,
    ],
    [
      'in init, which also makes it',
      'var router *upgrades.UpgradeRouter\n\nfunc init() {\n\trouter = upgrades.NewUpgradeRouter()\n\trouter.Register(v110.Upgrade)\n\trouter.Register(v120.Upgrade)\n}',
      both,
    ],
    [
      'by what cannot be followed, which is said',
      `${made}func init() {\n\trouter.Register(v110.Upgrade)\n\trouter.Register(loaded("v1.2.0"))\n}`,
      ['v1.1.0', null, 'v1.2.0'],
    ],
  ];
  for (const [title, filling, expected] of read)
    it(`is read that is filled ${title}`, async () => {
      assert.deepEqual(registered(await routed(filling)), expected);
    });

  it('is read that is filled by a method of another name', async () => {
    const path = 'app/upgrades/router.go';
    const text = changedText('router', path, ') Register(u Upgrade)', ') With(u Upgrade)');
    const filling = `${made}func init() {\n\trouter.With(v110.Upgrade)\n\trouter.With(v120.Upgrade)\n}`;
    const opened = await routed(filling, { [path]: text });
    assert.deepEqual(registered(opened), both);
    assert.match(
      extended(opened),
      /\trouter\.With\(v120\.Upgrade\)\n\trouter\.With\(v130\.Upgrade\)\n/,
    );
  });

  it('is not filled by methods that keep nothing', async () => {
    const filling = `${made}func init() {\n\trouter.UpgradeInfo("v0.9.0")\n\trouter.Register(v110.Upgrade).Register(v120.Upgrade)\n}`;
    assert.deepEqual(registered(await routed(filling)), both);
  });

  it('is read that packages enter themselves into', async () => {
    const own = 'app/upgrades/v120/register.go';
    const opened = await routed(
      `func init() {\n\t${'upgrades.Router'}.Register(v110.Upgrade)\n}\n\nvar _ = v120.Upgrade`,
      {
        'app/upgrades/all.go':
          'package upgrades\n\n// Router knows all upgrades.\nvar Router = NewUpgradeRouter()\n',
        [own]: `package v120\n\nimport "${module}/app/upgrades"\n\nfunc init() { upgrades.Router.Register(Upgrade) }\n`,
        'app/app_router.go': `package app\n\nimport "${module}/app/upgrades"\n\nvar router = upgrades.Router\n`,
      },
    );
    assert.deepEqual(registered(opened).sort(), both);
  });

  it('is extended by one more statement, as the last one is written', async () => {
    const statements = `${made}func init() {\n\trouter.Register(v110.Upgrade)\n\trouter.Register(v120.Upgrade) // routes\n}`;
    assert.match(
      extended(await routed(statements)),
      /\trouter\.Register\(v120\.Upgrade\) \/\/ routes\n\trouter\.Register\(v130\.Upgrade\)\n\}/,
    );
    const assigned = `${made}func init() {\n\trouter = router.Register(v110.Upgrade)\n\trouter = router.Register(v120.Upgrade)\n}`;
    assert.match(
      extended(await routed(assigned)),
      /\n\trouter = router\.Register\(v130\.Upgrade\)\n\}/,
    );
    const short = `${made}func init() { router.Register(v110.Upgrade); router.Register(v120.Upgrade) }`;
    assert.match(
      extended(await routed(short)),
      /router\.Register\(v120\.Upgrade\); router\.Register\(v130\.Upgrade\) \}/,
    );
  });

  it('is extended in its chain, where a statement has one', async () => {
    const filling = `${made}func init() {\n\trouter.Register(v110.Upgrade).Register(v120.Upgrade)\n}`;
    assert.match(
      extended(await routed(filling)),
      /router\.Register\(v110\.Upgrade\)\.Register\(v120\.Upgrade\)\.Register\(v130\.Upgrade\)\n/,
    );
  });

  it('is given packages under the name that they have, where they are imported without another', async () => {
    const bare = await versioned();
    const text = extended(bare, 'v3');
    assert.match(text, /\n\t"github\.com\/transit\/transit\/app\/upgrades\/v3"\n/);
    assert.match(text, /Register\(v3\.Upgrade\)/);
  });
});

/** The chain with packages `v1` and `v2`, which are imported without an alias. */
async function versioned(): Promise<Opened> {
  const texts = { ...chainTexts('router') };
  for (const [old, name] of [
    ['v110', 'v1'],
    ['v120', 'v2'],
  ] as const) {
    const path = `app/upgrades/${old}/upgrade.go`;
    const moved = texts[path]!.replaceAll(old, name).replace(/"v1\.\d\.0"/, `"${name}"`);
    delete texts[path];
    texts[`app/upgrades/${name}/upgrade.go`] = moved;
    texts[file] = texts[file]!.replaceAll(`${old} "`, '"').replaceAll(old, name);
  }
  return openChain('router', { texts });
}
