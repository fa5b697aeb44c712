import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { TreeEntry } from '../machine.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { chosenNetwork, operatorsFolder } from './place.ts';
import { serviceFiles, serviceOf } from './service.ts';
import type { OperatorFiles } from './upgrade-files.ts';

/** A folder of a binary, before and after. */
interface Copy {
  readonly from: string;
  readonly to: string;
}

/**
 * The files of a move from oraivisor to cosmovisor, for a node's home as it was read. Throws
 * `Refusal` where that home has no oraivisor.
 */
export function moveFiles(input: PlanInput, answers: Answers): OperatorFiles {
  const tree = input.operators!.oraivisor!;
  const network = chosenNetwork(input.analysis.repo, answers);
  const service = serviceOf(input, answers, network);
  const { copies, skipped } = copiesOf(tree.entries, service.daemon);
  const current = currentOf(tree.entries, copies);
  const data = { ...service, home: tree.home, copies, current, skipped: skipped.join(', ') };
  const place = `${operatorsFolder}/${network.id ?? 'local'}/from-oraivisor`;
  const own = { ...service, home: tree.home };
  const files = {
    'move.sh': render('operators/move.sh', data),
    'MOVE.md': render('operators/move.md', data),
    // The check of a checksum comes with the next upgrade's files.
    ...Object.fromEntries(
      Object.entries(serviceFiles(own)).map(([name, text]) => [
        name,
        text.replace(/^# Below DAEMON_HOME.*\nCOSMOVISOR_CUSTOM_PREUPGRADE=.*\n/m, ''),
      ]),
    ),
  };
  return {
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`${place}/${name}`, text]),
    ),
    notes: skipped.map(folder => `${folder} of oraivisor has no bin/${service.daemon}: left out`),
  };
}

/** The folders with a binary, and those without. Throws where there is nothing to start with. */
function copiesOf(
  entries: readonly TreeEntry[],
  daemon: string,
): { readonly copies: readonly Copy[]; readonly skipped: readonly string[] } {
  const folders = entries
    .filter(({ kind, path }) => kind === 'folder' && /^(genesis|upgrades\/[^/]+)$/.test(path))
    .map(({ path }) => path);
  const isFile = (path: string) => entries.some(one => one.path === path && one.kind === 'file');
  const kept = folders.filter(folder => isFile(`${folder}/bin/${daemon}`));
  if (!kept.includes('genesis'))
    throw new Refusal(
      `oraivisor/genesis/bin/${daemon} is not there: is this the home of ${daemon}?`,
    );
  const copies = kept.map(from => ({ from, to: from.toLowerCase() }));
  const twice = copies.find((one, i) => copies.findIndex(other => other.to === one.to) !== i);
  if (twice)
    throw new Refusal(
      `two folders of oraivisor become cosmovisor/${twice.to}, which is in lower case: rename one`,
    );
  const odd = copies.find(({ from }) => !/^[\w%.+$&:=@/~-]+$/.test(from));
  if (odd) throw new Refusal(`oraivisor/${odd.from} has a name that no plan's folder has`);
  return { copies, skipped: folders.filter(folder => !kept.includes(folder)) };
}

/** Where `current` leads; cosmovisor begins with genesis where there is none. */
function currentOf(entries: readonly TreeEntry[], copies: readonly Copy[]): string {
  const link = entries.find(({ path }) => path === 'current');
  if (!link) return 'genesis';
  const target = link.target?.replace(/\/+$/, '').replace(/^.*\/oraivisor\//, '') ?? '';
  const copy = copies.find(({ from }) => from === target);
  if (copy) return copy.to;
  throw new Refusal('oraivisor/current leads to no folder with a binary: mend it first');
}
