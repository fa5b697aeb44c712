/** Whether programs can be started here: without Node there are no processes. */
export function hasProcesses(): boolean {
  return (
    (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !==
    undefined
  );
}
