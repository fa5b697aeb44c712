import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The commands of a generated runbook, taken out of it as they stand there. */
export class Runbook {
  /** The folder of the file, in which its commands are run. */
  readonly dir: string;
  private readonly sections: ReadonlyMap<string, readonly string[]>;

  constructor(dir: string) {
    this.dir = dir;
    this.sections = commandsIn(readFileSync(join(dir, 'RUNBOOK.md'), 'utf8'));
  }

  /** The command lines under a heading; those before the first one stand under ''. */
  commands(heading: string): readonly string[] {
    const found = this.sections.get(heading);
    if (!found) throw new Error(`RUNBOOK.md has no commands under "${heading}"`);
    return found;
  }

  /** The variables that it declares, with the values it gives them. */
  variables(): Record<string, string> {
    return Object.fromEntries(
      this.commands('').map(line => {
        const [, name, value] = /^export (\w+)=(\S*)/.exec(line) ?? [];
        if (name === undefined) throw new Error(`RUNBOOK.md declares nothing by: ${line}`);
        return [name, value!];
      }),
    );
  }

  /**
   * Runs one line in a shell, with values of the variables that the file declares and nothing else
   * put in. Returns its output; throws its words where it fails.
   */
  run(line: string, values: Readonly<Record<string, string>>, path: string): string {
    const declared = this.variables();
    const unknown = Object.keys(values).filter(name => !(name in declared));
    if (unknown.length > 0) throw new Error(`RUNBOOK.md declares no ${unknown.join(', ')}`);
    const { status, stdout, stderr } = spawnSync('sh', ['-euc', line], {
      cwd: this.dir,
      encoding: 'utf8',
      env: { PATH: `${path}:${process.env['PATH']}`, ...declared, ...values },
      timeout: 60_000,
    });
    if (status === 0) return stdout;
    throw new Error(`${line}: exit ${status}\n${stdout}${stderr}`);
  }
}

/** The lines of the blocks of code under each heading. */
function commandsIn(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  for (const section of text.split(/^## /m)) {
    const [first = '', ...rest] = section.split('\n');
    const heading = first.startsWith('# ') ? '' : first;
    const blocks = [...rest.join('\n').matchAll(/^```\w*\n(.*?)^```$/gms)];
    const lines = blocks.flatMap(([, block]) => block!.trimEnd().split('\n'));
    if (lines.length > 0) sections.set(heading, lines);
  }
  return sections;
}
