import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import type { Create } from '../plan.ts';
import type { EraFacts } from './facts.ts';
import { eraIdentifier } from './facts.ts';
import { eraImports } from './imports.ts';

/** A switch and one of its eras. */
interface SwitchedEra {
  /** The switch, such as `fee`. */
  readonly name: string;
  readonly era: string;
}

/** The function of a switch in an era: `feeThales`. */
export function behaviourName({ name, era }: SwitchedEra): string {
  const variable = eraIdentifier(name);
  return `${variable[0]!.toLowerCase()}${variable.slice(1)}${eraIdentifier(era)}`;
}

/** The skeleton of a switch's function in an era; `first` where it is to be what the chain did. */
export function behaviourText(one: SwitchedEra, first: boolean): string {
  const data = { func: behaviourName(one), switch: one.name, era: one.era, first };
  return render('era/behaviour.go', data).trimEnd();
}

/** The block of a switch's test for an era. */
export function behaviourTest(one: SwitchedEra): string {
  return render('era/behaviour_test.go', {
    quoted: quote(one.era),
    switch: one.name,
    era: one.era,
    variable: eraIdentifier(one.name),
    constant: eraIdentifier(one.era),
  }).trimEnd();
}

/** The skeleton of a switch for the eras of a chain, and its test. */
export function switchFiles(
  repo: Repo,
  { generation, dir, supported }: Pick<EraFacts, 'generation' | 'dir' | 'supported'>,
  name: string,
): readonly Create[] {
  const variable = eraIdentifier(name);
  const eras = supported.map(({ name: era }) => ({ name, era }));
  const entries = eras.map(one => ({ key: eraIdentifier(one.era), value: behaviourName(one) }));
  const file = (within: Repo, suffix: string, body: string): Create => {
    const path = join(dir, `${name.replaceAll('-', '_')}_switch${suffix}`);
    const packageClause = 'package era';
    const imports = eraImports(generation);
    return {
      file: path,
      text: assemble(within, { path, header: '', packageClause, body, imports }),
    };
  };
  const skeleton = file(
    repo,
    '.go',
    render('era/switch_skeleton.go', {
      variable,
      quoted: quote(name),
      entries: keyedFields(entries, '\t'),
      behaviours: eras.map((one, i) => behaviourText(one, i === 0)),
    }),
  );
  const beside = repo.with([[skeleton.file, skeleton.text]]);
  const blocks = eras.map(behaviourTest);
  return [skeleton, file(beside, '_test.go', render('era/switch_test.go', { variable, blocks }))];
}
