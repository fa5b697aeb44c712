/**
 * What the codes of wiring styles look like in Go, as `inspect` and docs/wiring-styles.md tell it.
 */

/** Ways of registering handlers. */
export const registrationStyles: Readonly<Record<string, string>> = {
  R1: 'a list, `[]upgrades.Upgrade{v2.Upgrade, …}`, that a loop registers; a package for each',
  R1b: 'such a list, with several upgrades in one package',
  R1c: "such a list as a local variable of the app's constructor",
  R1d: "such a list of a private type in the app's own package",
  R1e: 'such a list that `init` functions fill, also one for each network behind build tags',
  R2: 'one `SetUpgradeHandler(v3.UpgradeName, v3.CreateUpgradeHandler(…))` for each upgrade',
  R2s: 'as R2, beside a list that serves only the stores',
  R3: "a single handler in the app's own package, rewritten for each release",
  R4: "several handlers as closures in the app's own package",
  R5: 'a method for each upgrade, which hands its name to a helper',
  R6: 'types with methods `Name()`, `Handler()`, `StoreUpgrades()`',
  R7a: 'a map from plan name to upgrade',
  R7b: 'a router, `NewUpgradeRouter().Register(v2.Upgrade)`, or such calls in statements',
  R8: 'upgrade packages that register themselves in `init`',
  R9: 'many names that share one handler, in a list or an embedded text file',
  R10: 'a name computed at run time',
  R11: 'a function of the upgrades package that takes the keepers and registers',
  R12: 'upgrade packages that each export their own `RegisterUpgradeHandlers(app)`',
  R13: 'one upgrade package that is rewritten for each release',
  R14: 'nothing is registered',
  R14f: 'nothing is registered; code runs at a height instead',
  R15: 'a handler is registered only when the node has stopped for its plan',
  R16: "no plans at all: modules change by the app's version",
  R17: 'files behind build tags that each define the whole register function',
};

/** Ways of loading stores. */
export const loadingStyles: Readonly<Record<string, string>> = {
  S0: 'nothing does: no upgrade can add, rename or delete a store',
  S1: 'a field `StoreUpgrades` of each upgrade, loaded in a loop',
  S2: "a `switch` over the plan's name",
  S3: "an `if` for the plan's name",
  S4: 'a method `StoreUpgrades()` or `StoreLoader()`',
  S5: "a lookup in a map or a router by the plan's name",
  S6: "a helper that takes the plan's name and the stores",
  S7: "a loader that the upgrade's package makes",
  S8: 'a computed name',
  S9: "a loader of the chain's own in place of the SDK's",
  S10: 'computed from lists of stores by version',
};
