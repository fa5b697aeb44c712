// Read in the ModuleInputs of x/* of the SDK 0.47.17, 0.50.15, 0.53.8, 0.54.3 and 0.55.0, and of
// x/{circuit, evidence, feegrant, nft, upgrade} where these have a repository of their own.

/**
 * Whose keepers the modules of the SDK ask depinject for, by their names in a configuration: the
 * inputs of their `ModuleInputs` without which an app cannot be built, in any release that builds
 * apps so (0.47 to 0.55).
 */
const asked: Readonly<Record<string, readonly string[]>> = {
  auth: [],
  authz: ['auth', 'bank'],
  bank: ['auth'],
  capability: [],
  circuit: [],
  consensus: [],
  crisis: ['bank'],
  distribution: ['auth', 'bank', 'staking'],
  epochs: [],
  evidence: ['staking', 'slashing'],
  feegrant: ['auth', 'bank'],
  genutil: ['auth', 'staking'],
  gov: ['auth', 'bank', 'staking', 'distribution'],
  group: ['auth', 'bank'],
  mint: ['auth', 'bank', 'staking'],
  nft: ['auth', 'bank'],
  params: [],
  protocolpool: ['auth', 'bank'],
  runtime: [],
  slashing: ['auth', 'bank', 'staking'],
  staking: ['auth', 'bank'],
  // Without x/bank its ante handler and its metadata are left out.
  tx: [],
  upgrade: [],
  validate: [],
  vesting: ['auth', 'bank'],
};

/**
 * The modules whose keepers a module of the SDK asks depinject for, by the type of its
 * configuration (`cosmos.gov.module.v1.Module`, or the import path of its Go package); undefined for
 * a module that is none of the SDK's, or that is not known.
 */
export function askedOfDepinject(type: string): readonly string[] | undefined {
  const [, name] =
    /^(?:cosmos\.|cosmossdk\.io\/api\/cosmos\/)(?:app[./])?(\w+)[./]/.exec(type) ?? [];
  return name !== undefined && Object.hasOwn(asked, name) ? asked[name] : undefined;
}
