/** How far a build has come, from what `go build -v` says. */
export interface BuildProgress {
  /** Packages that were compiled. */
  readonly compiled: number;
  /** Packages to compile; undefined where that is not known. */
  readonly total: number | undefined;
  /** The module that is fetched, as `path version`; undefined once something else is done. */
  readonly fetching: string | undefined;
}

/** A build that has not begun. */
export const buildBegins: BuildProgress = { compiled: 0, total: undefined, fetching: undefined };

/** `go build -v` names each package as it compiles it: a path alone on its line. */
const packageLine = /^[\w.~-]+(?:\/[\w.~+-]+)*$/;
const fetchLine = /^go: downloading (\S+ \S+)/;

/** The progress after a line of Go's output. */
export function progressAfter(progress: BuildProgress, line: string): BuildProgress {
  const fetching = fetchLine.exec(line)?.[1];
  if (fetching !== undefined) return { ...progress, fetching };
  if (!packageLine.test(line)) return progress;
  return { ...progress, compiled: progress.compiled + 1, fetching: undefined };
}

/** How far it is, in words: a command of the user's own need not say what it compiles. */
export function progressText({ compiled, total, fetching }: BuildProgress): string {
  if (compiled === 0 && total === undefined && fetching === undefined) return 'running';
  const packages = total === undefined ? `${compiled}` : `${compiled} of ${total}`;
  return fetching === undefined ? `${packages} packages compiled` : `fetching ${fetching}`;
}

/** Go's output without the names of the packages that it compiled: what it complains about. */
export function complaintsIn(output: string): string {
  return output
    .split('\n')
    .filter(line => !packageLine.test(line))
    .join('\n');
}
