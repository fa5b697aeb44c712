/** What one module did at the upgrade, in the order of the log. */
export type Moved =
  | { readonly module: string; readonly from: number; readonly to: number }
  | { readonly module: string; readonly added: true };

// The escape character, as a text: patterns may not hold it.
const colours = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;]*m`, 'g');

/** A log without colours. */
export function withoutColours(log: string): string {
  return log.replace(colours, '');
}

/**
 * Migrations and new modules as the module manager logs them. A new binary that failed and started
 * again says them again: the last run counts.
 */
export function movedModules(log: string): Moved[] {
  const text = withoutColours(log);
  const start = Math.max(text.lastIndexOf('applying upgrade "'), 0);
  return [
    ...text
      .slice(start)
      .matchAll(
        /migrating module ([\w-]+) from version (\d+) to version (\d+)|adding a new module: ([\w-]+)/g,
      ),
  ].map(([, module, from, to, added]) =>
    added !== undefined
      ? { module: added, added: true }
      : { module: module!, from: Number(from), to: Number(to) },
  );
}

/** Whether a node has stopped for a plan. */
export function needs(log: string, plan: string): boolean {
  return withoutColours(log).replaceAll('\\"', '"').includes(`UPGRADE "${plan}" NEEDED at height`);
}

/**
 * Whether a node's consensus failed for another reason than a plan that it has to stop for. A line
 * that is still being written does not count.
 */
export function consensusFailed(log: string): boolean {
  return withoutColours(log)
    .split('\n')
    .slice(0, -1)
    .some(line => line.includes('CONSENSUS FAILURE') && !line.includes('NEEDED at height'));
}

/**
 * The line that says why a node stopped: the first panic or error of its end, without the stack.
 * Undefined where it says nothing.
 */
export function lastWords(log: string): string | undefined {
  const lines = withoutColours(log)
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  const said =
    lines.find(line => /^panic: /.test(line)) ??
    lines.find(line => /^Error: /.test(line)) ??
    lines.find(line => /CONSENSUS FAILURE/.test(line)) ??
    lines.findLast(line => /\b(ERR|ERROR|FATAL|error)\b/.test(line)) ??
    lines.at(-1);
  return said && shortWords(said);
}

/**
 * Why an app's ABCI server ended a connection, as it logs it: a panic of the app, else an error.
 * Undefined where it says nothing of it.
 */
export function connectionError(log: string): string | undefined {
  const found = [
    ...withoutColours(log).matchAll(/Connection error.*?\berr=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g),
  ].at(-1);
  const [first] = (found?.[1] ?? found?.[2] ?? '').split('\\n');
  return first ? shortWords(first.replaceAll('\\"', '"')) : undefined;
}

/**
 * What a node said, without what only its SDK's source explains, and without what CometBFT puts
 * before the app's own words.
 */
export function shortWords(line: string): string {
  const failure = /CONSENSUS FAILURE!!!.*?err="((?:[^"\\]|\\.)*)"/
    .exec(line)?.[1]
    ?.replaceAll('\\"', '"');
  // Where the error was made up is of no use outside the SDK's source.
  const words = (failure ?? line)
    .replace(/ \[[\w./@-]+\.go:\d+\]/g, '')
    .replace(/^(panic|Error|recovered from panic): /, '')
    .replace(/^error during handshake: error on replay: /, '')
    .replace(/^failed to apply block; error /, '')
    .replace(/ \[recovered.*$/, '');
  return words.length <= 600 ? words : `${words.slice(0, 599)}…`;
}
