import type { Command, Option } from './command.ts';
import { always } from './command.ts';

/** A row of a table: an option or a command, and its description. */
type Row = readonly [label: string, text: string];

/** The width where the terminal's is not known. */
const defaultWidth = 80;
/** A wider label gets a line of its own. */
const widestLabel = 28;
const narrowestText = 20;

const documentation = 'docs/cli.md';

/** `chain-upgrade --help`, for a terminal of that width. */
export function helpAll(commands: readonly Command[], width = defaultWidth): string {
  return sections(
    wrapped('Writes, wires and checks Cosmos SDK chain upgrades.', width),
    ['Usage: chain-upgrade COMMAND [options]'],
    ['Commands:', ...table(commands.map(commandRow), width)],
    ['Options:', ...table(always.map(optionRow), width)],
    ['Examples:', ...commands.map(command => exampleLine(command.examples[0]!))],
    wrapped(
      'Exit status: 0 done; 1 findings, or declined; 2 refused or could not run; 130 Ctrl-C.',
      width,
    ),
    wrapped('Run chain-upgrade COMMAND --help for the options of a command.', width),
    wrapped(`Documentation: ${documentation} in the repository`, width),
  );
}

/** `chain-upgrade COMMAND --help`, for a terminal of that width. */
export function helpOne(command: Command, width = defaultWidth): string {
  const { summary, argument, examples } = command;
  const options = [...command.options, ...always].filter(option => !option.hidden);
  return sections(
    wrapped(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, width),
    [`Usage: chain-upgrade ${usage(command)} [options]`],
    argument ? ['Argument:', ...table([[argument.name, argument.help]], width)] : [],
    ['Options:', ...table(options.map(optionRow), width)],
    [examples.length === 1 ? 'Example:' : 'Examples:', ...examples.map(exampleLine)],
    wrapped(`Documentation: ${documentation}#${command.name} in the repository`, width),
  );
}

/** Sections with an empty line between them; empty ones are left out. */
function sections(...lines: readonly (readonly string[])[]): string {
  const texts = lines.filter(section => section.length > 0).map(section => section.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

function usage({ name, argument }: Command): string {
  return argument ? `${name} [${argument.name}]` : name;
}

function commandRow(command: Command): Row {
  return [usage(command), command.summary];
}

function optionRow({ name, value, help, negatable }: Option): Row {
  const flag = `--${negatable ? '[no-]' : ''}${name}`;
  return [value === undefined ? flag : `${flag} ${value}`, help];
}

function exampleLine(example: string): string {
  return `  chain-upgrade ${example}`;
}

/** Two columns; the second is wrapped. */
function table(rows: readonly Row[], width: number): string[] {
  const longest = Math.max(...rows.map(([label]) => label.length));
  const labelWidth = Math.min(widestLabel, longest);
  const indent = ' '.repeat(labelWidth + 4);
  return rows.flatMap(([label, text]) => {
    const [first = '', ...more] = wrapped(text, Math.max(narrowestText, width - indent.length));
    const rest = more.map(line => indent + line);
    if (label.length > labelWidth) return [`  ${label}`, indent + first, ...rest];
    return [`  ${label.padEnd(labelWidth)}  ${first}`, ...rest];
  });
}

/** A text in lines of at most `width` characters; a longer word stays whole. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
