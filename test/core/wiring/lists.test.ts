import assert from 'node:assert/strict';
import { chainTexts } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const app = 'app/app.go';
const module = 'github.com/harbor-chain/harbor';
const declared = 'Upgrades = []upgrades.Upgrade{\n\t\tv2.Upgrade,\n\t\tv3.Upgrade,\n\t}\n';

/** A file of the app's package that imports the upgrades. */
function appFile(body: string, tag = ''): string {
  const imports = ['upgrades', 'upgrades/v2', 'upgrades/v3']
    .map(path => `${module}/app/${path}`)
    .filter(path => new RegExp(`\\b${path.split('/').at(-1)}\\.`).test(body))
    .map(path => `\t"${path}"\n`);
  const constraint = tag ? `//go:build ${tag}\n\n` : '';
  return `${constraint}package app\n\nimport (\n${imports.join('')})\n\n${body}\n`;
}

/** The small chain `list` with another declaration of its list, and more files. */
async function listed(declaration: string, files: Record<string, string> = {}): Promise<Opened> {
  const text = replaceOnce(app, chainTexts('list')[app]!, declared, `${declaration}\n`);
  return openChain('list', { texts: { [app]: text, ...files } });
}

/** What is registered: build tags and plan names, a question mark for one that is not known. */
function registered(opened: Opened): string[] {
  return opened.app.upgrades
    .filter(upgrade => upgrade.registered)
    .map(upgrade => [...upgrade.buildTags, upgrade.name ?? '?'].join(' '));
}

/** The texts after a new upgrade v4, which has to be written. */
function extended(opened: Opened, file: string): string {
  const plan = planIn(opened, { name: 'v4' });
  assert.equal(plan.refused?.reason, undefined);
  return applied(opened, plan).repo.texts.get(file)!;
}

const empty = 'Upgrades = []upgrades.Upgrade{}';
const named = {
  'app/upgrades/list.go':
    'package upgrades\n\n// List is a list of upgrades.\ntype List []Upgrade\n',
};

describe('a list of upgrades', () => {
  const read: [string, string, Record<string, string>, string[]][] = [
    ['of a named type', 'Upgrades = upgrades.List{v2.Upgrade, v3.Upgrade}', named, ['v2', 'v3']],
    [
      "of a named type's named type, by its address",
      'Upgrades = &upgrades.Known{v2.Upgrade, v3.Upgrade}',
      { ...named, 'app/upgrades/known.go': 'package upgrades\n\ntype Known = List\n' },
      ['v2', 'v3'],
    ],
    [
      'converted to a named type',
      'Upgrades = upgrades.List([]upgrades.Upgrade{v2.Upgrade, v3.Upgrade})',
      named,
      ['v2', 'v3'],
    ],
    ['of an array', 'Upgrades = [...]upgrades.Upgrade{v2.Upgrade, v3.Upgrade}', {}, ['v2', 'v3']],
    [
      'appended to where it is declared',
      'Upgrades = append([]upgrades.Upgrade{v2.Upgrade}, v3.Upgrade)',
      {},
      ['v2', 'v3'],
    ],
    [
      'that init gives it',
      empty,
      {
        'app/fill.go': appFile(
          'func init() {\n\tUpgrades = []upgrades.Upgrade{v2.Upgrade, v3.Upgrade}\n}',
        ),
      },
      ['v2', 'v3'],
    ],
    [
      'that init replaces',
      'Upgrades = []upgrades.Upgrade{v2.Upgrade}',
      { 'app/fill.go': appFile('func init() {\n\tUpgrades = []upgrades.Upgrade{v3.Upgrade}\n}') },
      ['v3'],
    ],
    [
      'that init appends to',
      'Upgrades = []upgrades.Upgrade{v2.Upgrade}',
      { 'app/fill.go': appFile('func init() { Upgrades = append(Upgrades, v3.Upgrade) }') },
      ['v2', 'v3'],
    ],
    [
      'made by init, one by one',
      'Upgrades = make([]upgrades.Upgrade, 0, 2)',
      {
        'app/fill.go': appFile(
          'func init() {\n\tUpgrades = append(Upgrades, v2.Upgrade)\n\tUpgrades = append(Upgrades, v3.Upgrade)\n}',
        ),
      },
      ['v2', 'v3'],
    ],
    [
      'of builds with a tag, beside an empty one',
      'Upgrades = upgrades.List{}',
      {
        ...named,
        'app/one.go': appFile('func init() { Upgrades = upgrades.List{v2.Upgrade} }', 'one'),
        'app/two.go': appFile(
          'func init() { Upgrades = append(Upgrades, v2.Upgrade, v3.Upgrade) }',
          'two',
        ),
      },
      ['one v2', 'two v2', 'two v3'],
    ],
    [
      'that builds with a tag replace',
      'Upgrades = []upgrades.Upgrade{v2.Upgrade}',
      {
        'app/two.go': appFile(
          'func init() { Upgrades = []upgrades.Upgrade{v2.Upgrade, v3.Upgrade} }',
          'two',
        ),
      },
      ['v2', 'two v2', 'two v3'],
    ],
    [
      'declared once for each build tag',
      'other = 1',
      {
        'app/one.go': appFile('var Upgrades = []upgrades.Upgrade{v2.Upgrade}', 'one'),
        'app/two.go': appFile('var Upgrades = []upgrades.Upgrade{v2.Upgrade, v3.Upgrade}', 'two'),
      },
      ['one v2', 'two v2', 'two v3'],
    ],
    [
      'that a function gives, once for each build tag',
      'Upgrades = network()',
      {
        'app/one.go': appFile(
          'func network() []upgrades.Upgrade { return []upgrades.Upgrade{v2.Upgrade} }',
          'one',
        ),
        'app/two.go': appFile(
          'func network() []upgrades.Upgrade {\n\treturn []upgrades.Upgrade{v2.Upgrade, v3.Upgrade}\n}',
          'two',
        ),
      },
      ['one v2', 'two v2', 'two v3'],
    ],
    [
      'of which a copy is made',
      'Upgrades = slices.Clone([]upgrades.Upgrade{v2.Upgrade, v3.Upgrade})',
      {},
      ['v2', 'v3'],
    ],
    [
      'that a function of the app fills',
      'Upgrades []upgrades.Upgrade',
      {
        'app/fill.go': appFile(
          'func init() { fill() }\n\nfunc fill() {\n\tUpgrades = append(Upgrades, v2.Upgrade, v3.Upgrade)\n}',
        ),
      },
      ['v2', 'v3'],
    ],
    [
      'that a function gives, filled there',
      'Upgrades = all()',
      {
        'app/fill.go': appFile(
          'func all() []upgrades.Upgrade {\n\tlist := []upgrades.Upgrade{v2.Upgrade}\n\tlist = append(list, v3.Upgrade)\n\treturn list\n}',
        ),
      },
      ['v2', 'v3'],
    ],
    [
      'part of which is not read, which is said',
      empty,
      {
        'app/one.go': appFile('func init() { Upgrades = []upgrades.Upgrade{v2.Upgrade} }', 'one'),
        'app/two.go': appFile('func init() { Upgrades = loaded("two") }', 'two'),
      },
      ['one v2', 'two ?', 'v3'],
    ],
    [
      'filled by what a function is given, which is not read',
      empty,
      {
        'app/fill.go': appFile(
          'func Register(given upgrades.Upgrade) { Upgrades = append(Upgrades, given) }',
        ),
      },
      ['?', 'v2', 'v3'],
    ],
  ];
  for (const [title, declaration, files, expected] of read)
    it(`is read: ${title}`, async () => {
      assert.deepEqual(registered(await listed(declaration, files)), expected);
    });

  it('without any element is one, whatever else its package sets', async () => {
    const opened = await listed(empty, {
      'app/other.go': appFile('var count int\n\nfunc init() {\n\tcount = len(Upgrades)\n}'),
    });
    assert.deepEqual(registered(opened), []);
    assert.deepEqual(opened.app.registration, ['R1']);
  });

  it('without any element is one, whatever stands in while it is empty', async () => {
    const opened = await listed(empty, {
      'app/other.go': appFile(
        'func standIn(version string) {\n\tif len(Upgrades) == 0 {\n\t\tUpgrades = append(Upgrades, upgrades.Upgrade{UpgradeName: version})\n\t}\n}',
      ),
    });
    assert.deepEqual(registered(opened), []);
    assert.match(extended(opened, app), /Upgrades = \[\]upgrades\.Upgrade\{v4\.Upgrade\}/);
  });

  it('keeps what functions besides init do to a list that is written out', async () => {
    const opened = await listed('Upgrades = []upgrades.Upgrade{v2.Upgrade, v3.Upgrade}', {
      'app/other.go': appFile('func Replace(given []upgrades.Upgrade) { Upgrades = given }'),
    });
    assert.deepEqual(registered(opened), ['v2', 'v3']);
  });

  it('is read whose elements are set anew', async () => {
    const opened = await listed('Upgrades = []upgrades.Upgrade{v2.Upgrade, v3.Upgrade}', {
      'app/other.go': appFile(
        'func init() {\n\tfor i := range Upgrades {\n\t\tUpgrades[i] = changed(Upgrades[i])\n\t}\n}',
      ),
    });
    assert.deepEqual(registered(opened), ['v2', 'v3']);
  });

  it('is extended: of a named type', async () => {
    const opened = await listed('Upgrades = upgrades.List{v2.Upgrade, v3.Upgrade}', named);
    assert.match(extended(opened, app), /upgrades\.List\{v2\.Upgrade, v3\.Upgrade, v4\.Upgrade\}/);
  });

  it('is extended: of a named type, without any element', async () => {
    const opened = await listed('Upgrades = upgrades.List{}', named);
    assert.match(extended(opened, app), /upgrades\.List\{v4\.Upgrade\}/);
  });

  it('is extended: where init appends the newest', async () => {
    const opened = await listed('Upgrades = []upgrades.Upgrade{v2.Upgrade}', {
      'app/fill.go': appFile('func init() { Upgrades = append(Upgrades, v3.Upgrade) }'),
    });
    assert.match(extended(opened, 'app/fill.go'), /append\(Upgrades, v3\.Upgrade, v4\.Upgrade\)/);
  });

  it('is extended: once, where init appends in several statements', async () => {
    const opened = await listed(empty, {
      'app/fill.go': appFile(
        'func init() {\n\tUpgrades = append(Upgrades, v2.Upgrade)\n\tUpgrades = append(Upgrades, v3.Upgrade)\n}',
      ),
    });
    assert.match(
      extended(opened, 'app/fill.go'),
      /append\(Upgrades, v2\.Upgrade\)\n\tUpgrades = append\(Upgrades, v3\.Upgrade, v4\.Upgrade\)/,
    );
  });

  it('is extended: in the builds with a tag, and in those without', async () => {
    const opened = await listed('Upgrades = []upgrades.Upgrade{v2.Upgrade}', {
      'app/two.go': appFile(
        'func init() { Upgrades = []upgrades.Upgrade{v2.Upgrade, v3.Upgrade} }',
        'two',
      ),
    });
    const after = applied(opened, planIn(opened, { name: 'v4' }));
    assert.deepEqual(registered(after), ['v2', 'v4', 'two v2', 'two v3', 'two v4']);
    const only = applied(opened, planIn(opened, { name: 'v4', list: 'default' }));
    assert.deepEqual(registered(only), ['v2', 'v4', 'two v2', 'two v3']);
  });

  it('is extended: in the function of each build', async () => {
    const opened = await listed('Upgrades = network()', {
      'app/one.go': appFile(
        'func network() []upgrades.Upgrade { return []upgrades.Upgrade{v2.Upgrade} }',
        'one',
      ),
      'app/two.go': appFile(
        'func network() []upgrades.Upgrade { return []upgrades.Upgrade{v3.Upgrade} }',
        'two',
      ),
    });
    const after = applied(opened, planIn(opened, { name: 'v4' }));
    assert.deepEqual(registered(after), ['one v2', 'one v4', 'two v3', 'two v4']);
  });

  it('is extended: in every build, where tags only add to it', async () => {
    const opened = await listed('Upgrades = []upgrades.Upgrade{v2.Upgrade}', {
      'app/one.go': appFile('func init() { Upgrades = append(Upgrades, v3.Upgrade) }', 'one'),
      'app/two.go': appFile('func init() { Upgrades = append(Upgrades, v3.Upgrade) }', 'two'),
    });
    const expected = ['v2', 'v4', 'one v3', 'two v3'];
    assert.deepEqual(registered(applied(opened, planIn(opened, { name: 'v4' }))), expected);
    const two = applied(opened, planIn(opened, { name: 'v4', list: 'two' }));
    assert.deepEqual(registered(two), ['v2', 'one v3', 'two v3', 'two v4']);
  });

  it('is extended where it is read, with a note about the rest', async () => {
    const opened = await listed(empty, {
      'app/one.go': appFile('func init() { Upgrades = []upgrades.Upgrade{v2.Upgrade} }', 'one'),
      'app/two.go': appFile('func init() { Upgrades = loaded("two") }', 'two'),
    });
    const plan = planIn(opened, { name: 'v4', list: 'one' });
    assert.equal(plan.refused?.reason, undefined);
    assert.deepEqual(
      plan.edits.map(edit => edit.file),
      ['app/one.go'],
    );
    assert.match(
      plan.notes.join('\n'),
      /Upgrades also takes loaded\("two"\) \(app\/two\.go:8\), which is not read/,
    );
  });
});

describe('a list of plan names', () => {
  /** The small chain `names` with its names written in another way. */
  async function naming(declaration: string): Promise<Opened> {
    const path = 'app/upgrades.go';
    const old =
      '// planNames are in alphabetical order.\nvar planNames = []string{\n\t"v1.1.0",\n\t"v1.2.0",\n}\n';
    const text = replaceOnce(path, chainTexts('names')[path]!, old, declaration);
    return openChain('names', { texts: { [path]: text } });
  }

  it('is read and extended where init fills it', async () => {
    const opened = await naming(
      'var planNames []string\n\nfunc init() {\n\tplanNames = append(planNames, "v1.1.0")\n\tplanNames = append(planNames, "v1.2.0")\n}\n',
    );
    assert.deepEqual(registered(opened), ['v1.1.0', 'v1.2.0']);
    const after = applied(opened, planIn(opened, { name: 'v1.3.0' }));
    assert.deepEqual(registered(after), ['v1.1.0', 'v1.2.0', 'v1.3.0']);
    assert.match(
      after.repo.texts.get('app/upgrades.go')!,
      /append\(planNames, "v1\.2\.0", "v1\.3\.0"\)/,
    );
  });

  it('is read and extended that is of a named type', async () => {
    const opened = await naming(
      'type plans []string\n\nvar planNames = plans{"v1.1.0", "v1.2.0"}\n',
    );
    const after = applied(opened, planIn(opened, { name: 'v1.3.0' }));
    assert.deepEqual(registered(after), ['v1.1.0', 'v1.2.0', 'v1.3.0']);
  });
});
