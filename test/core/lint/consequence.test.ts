import assert from 'node:assert/strict';
import { githubReport } from '../../../cli/lint/github.ts';
import { sarifReport } from '../../../cli/lint/sarif.ts';
import { textReport } from '../../../cli/lint/text.ts';
import type { Diagnostic } from '../../../core/lint/diagnostic.ts';
import { reportOf } from '../../../core/lint/report.ts';
import { repoOf } from '../../support/go.ts';

const problem: Diagnostic = {
  rule: 'duplicate-upgrade',
  severity: 'error',
  message: '"v2" is registered twice',
  consequence: 'the handler that is set last silently replaces the other',
  location: { file: 'app/app.go', start: 0, end: 7, line: 1, column: 1 },
  related: [],
  fixes: [],
};
const { consequence: _, ...alone } = problem;

describe('what a finding leads to', () => {
  const report = async (...problems: readonly Diagnostic[]) =>
    reportOf('/r', undefined, await repoOf({ 'app/app.go': 'package app\n' }), problems, []);

  it('is on an indented line below the finding', async () => {
    const first = 'app/app.go:1:1: error duplicate-upgrade "v2" is registered twice\n';
    assert.equal(
      textReport(await report(problem, alone), false),
      `${first}    the handler that is set last silently replaces the other\n${first}`,
    );
  });

  it('is a field of the JSON where there is one', async () => {
    const { findings } = await report(problem, alone);
    assert.deepEqual(
      findings.map(({ message, consequence }) => [message, consequence]),
      [
        [problem.message, problem.consequence],
        [problem.message, undefined],
      ],
    );
    assert.deepEqual(
      findings.map(finding => 'consequence' in finding),
      [true, false],
    );
  });

  it('is a part of the message for GitHub and SARIF', async () => {
    assert.match(
      githubReport(await report(problem), ''),
      /::"v2" is registered twice%0Athe handler that is set last silently replaces the other\n$/,
    );
    const log = JSON.parse(sarifReport(await report(problem), '1.0.0', '')) as {
      runs: { results: { message: { text: string } }[] }[];
    };
    assert.equal(
      log.runs[0]!.results[0]!.message.text,
      `${problem.message}\n${problem.consequence!}`,
    );
  });
});
