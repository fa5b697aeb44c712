/** What the codes of wiring styles stand for; docs/wiring-styles.md shows the Go of each. */
const words: Readonly<Record<string, string>> = {
  R1: 'a list of upgrades that a loop registers, one package each',
  R1b: 'a list of upgrades that a loop registers, all of one package',
  R1c: 'a local list that is filled by constructors',
  R1d: 'a list of a private struct beside the app',
  R1e: 'lists filled in init, or chosen by build tags',
  R2: 'one SetUpgradeHandler call per upgrade',
  R2s: 'one SetUpgradeHandler call per upgrade, and a list for the stores',
  R3: 'one inline handler, rewritten for every release',
  R4: 'inline handlers, one after another',
  R5: 'one method per upgrade over a common helper',
  R6: 'values of an interface, given to a register function',
  R7a: 'a map of upgrades',
  R7b: 'a router that upgrades are registered in',
  R8: 'packages that register themselves when imported',
  R9: 'a list of names that share one handler',
  R10: 'a name that is computed at run time',
  R11: 'a register function in the upgrades package',
  R12: 'a register function in each upgrade package',
  R13: 'one upgrade package, rewritten for every release',
  R14: 'nothing is registered',
  R14f: 'nothing is registered; forks by height',
  R15: 'a handler that is registered only for the plan on disk',
  R16: 'a versioned state machine without plans',
  R17: 'register functions chosen by build tags',
  S0: 'no store loader',
  S1: 'the upgrades carry their stores, a loop sets the loader',
  S2: 'a switch on the plan name',
  S3: 'an if for each plan name',
  S4: 'a method of each upgrade',
  S5: 'looked up by plan name in a map or router',
  S6: 'a helper called per upgrade',
  S7: 'a loader made by the upgrade package',
  S8: 'chosen by a computed condition',
  S9: "a loader of its own in place of the SDK's",
  S10: 'computed from versioned lists of store keys',
};

/** A style in words, with its code for those who look it up. */
export function styleWords(code: string): string {
  const known = words[code];
  return known ? `${known} (${code})` : code;
}
