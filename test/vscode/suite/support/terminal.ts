import { read } from './host.ts';
import { until } from './until.ts';

/** The lines that the terminal shows. */
export async function screen(): Promise<string[]> {
  return (await read('.terminal-wrapper.active .xterm-rows > div')).map(line =>
    line.replaceAll('\u00a0', ' ').trimEnd(),
  );
}

/** Waits for such a line in the terminal. */
export function shows(what: RegExp, seconds = 30): Promise<string> {
  return until(
    `the terminal to show ${what.source.replace(/\W+/g, ' ')}`,
    async () => (await screen()).find(line => what.test(line)),
    seconds,
  );
}
