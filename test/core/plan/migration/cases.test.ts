import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../../../../core/lint/lint.ts';
import type { Plan } from '../../../../core/plan/plan.ts';
import { chainsDir } from '../../../support/chains.ts';
import { gofmtIsHere, gofmtWish } from '../../../support/gofmt.ts';
import type { Opened } from '../../../support/plans.ts';
import { applied, migrationIn, openChain } from '../../../support/plans.ts';
import { parseArchive } from '../../../support/txtar.ts';

const folder = join(chainsDir, '../core/plan/migration/cases');

/** What a line of a case asks of a plan; a fault in words, or nothing. */
type Check = (plan: Plan) => string | undefined;

interface Case {
  readonly chain: string;
  readonly module: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly refused: boolean;
  readonly checks: readonly Check[];
  readonly texts: Readonly<Record<string, string>>;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function readCase(text: string): Case {
  const { comment, files } = parseArchive(text);
  const lines = comment.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  const [first = '', ...rest] = lines;
  const [, chain = '', module = '', options = ''] = /^migrate (\S+) (\S+)(.*)$/.exec(first) ?? [];
  assert.ok(chain, `the first line is "${first}"`);
  return {
    chain,
    module,
    answers: Object.fromEntries(
      options
        .split(' ')
        .filter(Boolean)
        .map(option => [
          option.slice(0, option.indexOf('=')),
          option.slice(option.indexOf('=') + 1),
        ]),
    ),
    refused: rest.some(line => line.startsWith('refused ')),
    checks: rest.map(checkOf),
    texts: Object.fromEntries(files.map(({ name, text: content }) => [name, content])),
  };
}

function checkOf(line: string): Check {
  const inFile = /^(has|lacks) (\S+): (.*)$/.exec(line);
  if (inFile) {
    const [, kind, file, text = ''] = inFile;
    return plan => {
      const written = textAfter(plan, file!);
      if (written === undefined) return `${file} is not written`;
      const isThere = oneLine(written).includes(oneLine(text));
      return isThere === (kind === 'has') ? undefined : `not so: ${line}\n${written}`;
    };
  }
  const [, kind, text = ''] = /^(note|no note|refused) (.*)$/.exec(line) ?? [];
  assert.ok(kind, `what does this line mean: ${line}`);
  return ({ notes, refused }) => {
    const said = kind === 'refused' ? [refused?.reason ?? ''] : notes;
    const isThere = said.some(one => one.includes(text));
    return isThere === (kind !== 'no note') ? undefined : `not so: ${line}\n${said.join('\n')}`;
  };
}

function textAfter({ creates, edits }: Plan, file: string): string | undefined {
  return (
    creates.find(one => one.file === file)?.text ?? edits.find(one => one.file === file)?.after
  );
}

function newFindings(before: Opened, after: Opened): string[] {
  const shown = (opened: Opened) =>
    lint(opened).map(({ rule, location, message }) => `${location.file} ${rule} ${message}`);
  const known = new Set(shown(before));
  return shown(after).filter(finding => !known.has(finding));
}

describe('a migration, case by case', function () {
  this.timeout(30_000);

  for (const name of readdirSync(folder).filter(file => file.endsWith('.txtar'))) {
    it(name.replace('.txtar', '').replaceAll('-', ' '), async () => {
      const wanted = readCase(readFileSync(join(folder, name), 'utf8'));
      const opened = await openChain(wanted.chain, { texts: wanted.texts });
      const plan = migrationIn(opened, wanted.module, undefined, wanted.answers);
      if (!wanted.refused) assert.equal(plan.refused?.reason, undefined);
      for (const check of wanted.checks) assert.equal(check(plan), undefined);
      const written = [...plan.creates, ...plan.edits.map(e => ({ file: e.file, text: e.after }))];
      if (gofmtIsHere)
        for (const { file, text } of written) assert.equal(gofmtWish(text), undefined, file);
      assert.deepEqual(newFindings(opened, applied(opened, plan)), []);
    });
  }
});
