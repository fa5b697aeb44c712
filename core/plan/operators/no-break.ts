import type { Baseline } from '../../chain/baseline.ts';
import { plural } from '../../plural.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { ChangedCode } from './changed-code.ts';
import { changedCode } from './changed-code.ts';
import { nodeProgram } from './daemon.ts';
import { noBreakReasons } from './no-break-reasons.ts';
import { chosenNetwork, operatorsFolder, textAnswer } from './place.ts';
import type { OperatorFiles } from './upgrade-files.ts';

/** The files of a release that breaks nothing. Throws `Refusal` with the first thing that does. */
export function noBreakFiles(input: PlanInput, answers: Answers): OperatorFiles {
  const { analysis, app, base } = input;
  const version = textAnswer(answers, 'no-break');
  if (!/^[\w][\w.+-]{0,63}$/.test(version) || version.includes('..'))
    throw new Refusal(`"${version}" is no version; write it as v1.2.3`);
  if (!base?.repo)
    throw new Refusal(
      'there is no release to compare with: name what the network runs with --base REF',
    );
  const network = chosenNetwork(analysis.repo, answers);
  const daemon = nodeProgram(analysis.repo, app).name ?? '$DAEMON';
  const data = { version, base: base.ref, id: network.id ?? '', daemon };
  const place = `${operatorsFolder}/${network.id ?? 'local'}/${version}`;
  const changed = changedCode(analysis.repo, base.repo, app.dir);
  const reasons = noBreakReasons(input, base.repo, changed);
  const isOpen = changed.files.length + changed.dependencies.length > 0;
  return {
    files: {
      [`${place}/RELEASE-NOTES.md`]: render('operators/no-break.md', {
        ...data,
        reasons,
        isOpen,
        ...changed,
      }),
      [`${place}/ANNOUNCEMENT.md`]: render('operators/no-break-announcement.md', {
        ...data,
        isOpen,
      }),
      [`${place}/CHANGELOG-entry.md`]: `## ${version}\n\n* No upgrade is needed.\n`,
    },
    notes: [...doubtNotes(base), ...openNotes(changed)],
  };
}

function doubtNotes({ doubt }: Baseline): string[] {
  return doubt === undefined ? [] : [`compared with a doubtful release: ${doubt}`];
}

/** What the one who releases has to look at before anybody is told to take the release. */
function openNotes({ files, dependencies }: ChangedCode): string[] {
  const parts = [
    ...(files.length > 0 ? [plural(files.length, 'file of the app', 'files of the app')] : []),
    ...(dependencies.length > 0
      ? [plural(dependencies.length, 'line of go.mod', 'lines of go.mod')]
      : []),
  ];
  return parts.length === 0
    ? []
    : [
        `${parts.join(' and ')} changed: announce the release only once you know that it makes ` +
          'the same blocks; RELEASE-NOTES.md lists them',
      ];
}
