import assert from 'node:assert/strict';
import { chainTexts } from '../../support/chains.ts';
import { replaceOnce } from '../../support/edits.ts';
import type { Opened } from '../../support/plans.ts';
import { applied, openChain, planIn } from '../../support/plans.ts';

const file = 'app/upgrades.go';
const list = 'app/plans.txt';
const embedding = '//go:embed plans.txt\nvar planNames string\n';
const loop = 'for _, name := range strings.Fields(planNames) {\n\t\tname := name\n';

/** The small chain `name-file` that reads its names in another way. */
async function reading(
  over: string,
  {
    code = '',
    embed = embedding,
    text = 'v1.1.0\nv1.2.0\nv1.10.0\n',
    at = list,
    imports = '',
  } = {},
): Promise<Opened> {
  const texts = { ...chainTexts('name-file') };
  delete texts[list];
  const looped = replaceOnce(file, texts[file]!, loop, over);
  const embedded = replaceOnce(file, looped, embedding, `${embed}\n${code}\n`);
  const changed = replaceOnce(file, embedded, '\t_ "embed"\n', `\t"embed"\n${imports}`);
  const { [list]: _, ...others } = chainTexts('name-file');
  assert.ok(others[file]);
  return openChain('name-file', { texts: { [list]: '', [file]: changed, [at]: text } });
}

function registered({ app }: Opened): (string | null)[] {
  return app.upgrades.filter(upgrade => upgrade.registered).map(upgrade => upgrade.name);
}

const range = (over: string) => `for _, name := range ${over} {\n`;
const all = ['v1.1.0', 'v1.2.0', 'v1.10.0'];
const bytes = '//go:embed plans.txt\nvar planNames []byte\n';
const files = '//go:embed plans.txt\nvar files embed.FS\n';
const lines = 'strings.Split(planNames, "\\n")';

describe('plan names of an embedded file', () => {
  const read: [string, string, Parameters<typeof reading>[1], (string | null)[]][] = [
    [
      'that a helper is given and hands on',
      range('plans(planNames)'),
      {
        code: 'func plans(all string) []string { return split(all) }\n\nfunc split(all string) []string { return strings.Fields(strings.TrimSpace(all)) }',
      },
      all,
    ],
    [
      'that a helper gives, unless it fails',
      range('plans()'),
      {
        embed: files,
        code: 'func plans() []string {\n\tread, err := files.ReadFile("plans.txt")\n\tif err != nil {\n\t\treturn nil\n\t}\n\treturn strings.Fields(string(read))\n}',
      },
      all,
    ],
    [
      'of a variable that another one is set from',
      range('plans'),
      { code: 'var plans = strings.Fields(trimmed)\n\nvar trimmed = strings.TrimSpace(planNames)' },
      all,
    ],
    [
      'that init sets, in steps',
      range('plans'),
      {
        code: 'var (\n\tplans   []string\n\ttrimmed string\n)\n\nfunc init() {\n\ttrimmed = strings.TrimSpace(planNames)\n\tplans = strings.Split(trimmed, "\\n")\n}',
      },
      all,
    ],
    ['kept as bytes', range('strings.Fields(string(planNames))'), { embed: bytes }, all],
    [
      'of a file system with a folder',
      range('strings.Fields(string(read))').replace(
        'for',
        'read, _ := fs.ReadFile(files, "data/plans")\n\tfor',
      ),
      {
        embed: '//go:embed data\nvar files embed.FS\n',
        at: 'app/data/plans',
        imports: '\t"io/fs"\n',
      },
      all,
    ],
    [
      'in a group of variables',
      range('strings.Fields(planNames)'),
      {
        embed:
          'var (\n\t// planNames are the plans.\n\t//\n\t//go:embed plans.txt\n\tplanNames string\n)\n',
      },
      all,
    ],
    [
      'parted by commas and line ends',
      range("strings.FieldsFunc(planNames, func(r rune) bool { return r == ',' || r == '\\n' })"),
      { text: 'v1.1.0,v1.2.0\nsecond step\n' },
      ['v1.1.0', 'v1.2.0', 'second step'],
    ],
    ['parted by a comma', range('strings.Split(planNames, ",")'), { text: 'v1,v2' }, ['v1', 'v2']],
    [
      'line by line, but for comments and empty lines',
      `for _, line := range ${lines} {\n\t\tname := strings.TrimSpace(line)\n\t\tif name == "" || strings.HasPrefix(name, "#") {\n\t\t\tcontinue\n\t\t}\n`,
      { text: '# applied\nv1.1.0\n\nv1.2.0\n' },
      ['v1.1.0', 'v1.2.0'],
    ],
    [
      'gathered line by line',
      range('plans()'),
      {
        code: `func plans() []string {\n\tvar found []string\n\tfor _, line := range ${lines} {\n\t\tif line = strings.TrimSpace(line); line != "" {\n\t\t\tfound = append(found, line)\n\t\t}\n\t}\n\treturn found\n}`,
      },
      all,
    ],
    [
      'scanned',
      'scanner := bufio.NewScanner(strings.NewReader(planNames))\n\tfor scanner.Scan() {\n\t\tname := scanner.Text()\n',
      { imports: '\t"bufio"\n', text: 'v1.1.0\nsecond step\n' },
      ['v1.1.0', 'second step'],
    ],
    [
      'scanned by a helper, word by word',
      range('plans()'),
      {
        imports: '\t"bufio"\n',
        code: 'func plans() []string {\n\tfound := []string{}\n\tscanner := bufio.NewScanner(strings.NewReader(planNames))\n\tscanner.Split(bufio.ScanWords)\n\tfor scanner.Scan() {\n\t\tfound = append(found, scanner.Text())\n\t}\n\treturn found\n}',
        text: 'v1.1.0 v1.2.0\n',
      },
      ['v1.1.0', 'v1.2.0'],
    ],
    [
      'with comments that nothing leaves out: not known',
      range('strings.Fields(planNames)'),
      { text: '# applied\nv1.1.0\n' },
      [null],
    ],
    [
      'of which a condition leaves some out: not known',
      range('plans()'),
      {
        code: `func plans() []string {\n\tvar found []string\n\tfor _, line := range ${lines} {\n\t\tif strings.HasSuffix(line, ".0") {\n\t\t\tfound = append(found, line)\n\t\t}\n\t}\n\treturn found\n}`,
      },
      [null],
    ],
    [
      'made into other names: not known',
      'for _, line := range strings.Fields(planNames) {\n\t\tname := "plan-" + line\n',
      {},
      [null],
    ],
    [
      'changed by other functions than init: not known',
      range('plans'),
      { code: 'var plans = strings.Fields(planNames)\n\nfunc Forget() { plans = nil }' },
      [null],
    ],
  ];
  for (const [title, over, options, expected] of read)
    it(`are read: ${title}`, async () => {
      assert.deepEqual(registered(await reading(over, options)), expected);
    });

  const written: [string, string, Parameters<typeof reading>[1], string][] = [
    [
      'scanned',
      'scanner := bufio.NewScanner(strings.NewReader(planNames))\n\tfor scanner.Scan() {\n\t\tname := scanner.Text()\n',
      { imports: '\t"bufio"\n' },
      'v1.1.0\nv1.2.0\nv1.10.0\nv1.11.0\n',
    ],
    [
      'set by init',
      range('plans'),
      { code: 'var plans []string\n\nfunc init() {\n\tplans = strings.Fields(planNames)\n}' },
      'v1.1.0\nv1.2.0\nv1.10.0\nv1.11.0\n',
    ],
    [
      'in one line',
      range('strings.Fields(planNames)'),
      { text: 'v1.1.0 v1.10.0\n' },
      'v1.1.0 v1.10.0 v1.11.0\n',
    ],
  ];
  for (const [title, over, options, expected] of written)
    it(`take one more: ${title}`, async () => {
      const opened = await reading(over, options);
      const plan = planIn(opened, { name: 'v1.11.0' });
      assert.equal(plan.refused?.reason, undefined);
      assert.equal(applied(opened, plan).repo.texts.get(list), expected);
    });
});
