import type { Generation } from './generations.ts';
import { generationIsBefore } from './generations.ts';

/** The type of a constructor's parameter: its package and its name. */
export interface ParameterType {
  /** Undefined for Go's own types. */
  readonly path: string | undefined;
  readonly name: string;
  readonly pointer?: true;
}

/** A function that makes a keeper or a module, as a release of the SDK declares it. */
export interface SdkConstructor {
  readonly path: string;
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: ParameterType }[];
  /** What apps call the field that holds what it makes. */
  readonly field?: string;
}

/** A Go module, in a version. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
}

/** A module of the SDK that an app may lack after a jump, in one generation. */
export interface MountableModule {
  readonly name: string;
  /** The packages that hold `ModuleName` and `StoreKey`. */
  readonly namePath: string;
  readonly storePath: string;
  readonly keeper: SdkConstructor;
  readonly module: SdkConstructor;
  readonly simulates: boolean;
  /** The orders that its hooks need. */
  readonly hooks: readonly string[];
  /**
   * Its module accounts: by constants beside `ModuleName`, none of which has permissions; undefined
   * for none.
   */
  readonly accounts?: readonly string[];
  /** The Go module that has it, where that is not the SDK, as it fits the generation. */
  readonly goModule?: GoModule;
  /** What else the app has to do for it, which mounting does not write. */
  readonly note?: string;
}

const sdk = 'github.com/cosmos/cosmos-sdk';
const own = (path: string, name: string): ParameterType => ({ path, name });
const codec = own(`${sdk}/codec`, 'Codec');
const binaryCodec = own(`${sdk}/codec`, 'BinaryCodec');
const registry = own(`${sdk}/codec/types`, 'InterfaceRegistry');
const service = own('cosmossdk.io/core/store', 'KVStoreService');
const key = own(`${sdk}/store/types`, 'StoreKey');
const text: ParameterType = { path: undefined, name: 'string' };
const genesis = ['InitGenesis', 'ExportGenesis'] as const;

/** A row of the table: a module from one generation to another, both included. */
interface Row {
  readonly from: Generation;
  readonly to: Generation;
  readonly module: MountableModule;
}

type Parameters = SdkConstructor['parameters'];
const takes = (...all: readonly (readonly [name: string, type: ParameterType])[]): Parameters =>
  all.map(([name, type]) => ({ name, type }));

function goModule(path: string, version: string | undefined): { goModule?: GoModule } {
  return version === undefined ? {} : { goModule: { path, version } };
}

function feegrant(root: string, store: ParameterType, version?: string): MountableModule {
  const accounts = own(root, 'AccountKeeper');
  return {
    name: 'feegrant',
    namePath: root,
    storePath: root,
    keeper: {
      path: `${root}/keeper`,
      name: 'NewKeeper',
      field: 'FeeGrantKeeper',
      parameters: takes(['cdc', binaryCodec], ['store', store], ['ak', accounts]),
    },
    module: {
      path: `${root}/module`,
      name: 'NewAppModule',
      parameters: takes(
        ['cdc', codec],
        ['ak', accounts],
        ['bk', own(root, 'BankKeeper')],
        ['keeper', own(`${root}/keeper`, 'Keeper')],
        ['registry', registry],
      ),
    },
    simulates: true,
    hooks: ['EndBlockers', ...genesis],
    ...goModule(root, version),
    note: 'give the fee grant keeper to the ante handler (FeegrantKeeper of its options)',
  };
}

function authz(store: ParameterType, cdc: ParameterType, router: ParameterType): MountableModule {
  const root = `${sdk}/x/authz`;
  const accounts = own(root, 'AccountKeeper');
  return {
    name: 'authz',
    namePath: root,
    storePath: `${root}/keeper`,
    keeper: {
      path: `${root}/keeper`,
      name: 'NewKeeper',
      parameters: takes(['store', store], ['cdc', cdc], ['router', router], ['ak', accounts]),
    },
    module: {
      path: `${root}/module`,
      name: 'NewAppModule',
      parameters: takes(
        ['cdc', codec],
        ['keeper', own(`${root}/keeper`, 'Keeper')],
        ['ak', accounts],
        ['bk', own(root, 'BankKeeper')],
        ['registry', registry],
      ),
    },
    simulates: true,
    hooks: ['BeginBlockers', ...genesis],
  };
}

function circuit(root: string, version?: string): MountableModule {
  return {
    name: 'circuit',
    namePath: `${root}/types`,
    storePath: `${root}/types`,
    keeper: {
      path: `${root}/keeper`,
      name: 'NewKeeper',
      parameters: takes(
        ['cdc', codec],
        ['storeService', service],
        ['authority', text],
        ['addressCodec', own('cosmossdk.io/core/address', 'Codec')],
      ),
    },
    module: {
      path: root,
      name: 'NewAppModule',
      parameters: takes(['cdc', codec], ['keeper', own(`${root}/keeper`, 'Keeper')]),
    },
    simulates: false,
    hooks: genesis,
    ...goModule(root, version),
    note:
      'give the circuit keeper to the app (SetCircuitBreaker) and its decorator to the ante ' +
      'handler: before that it breaks nothing',
  };
}

function epochs(pointer: boolean): MountableModule {
  const root = `${sdk}/x/epochs`;
  const keeper: ParameterType = {
    ...own(`${root}/keeper`, 'Keeper'),
    ...(pointer && { pointer: true as const }),
  };
  return {
    name: 'epochs',
    namePath: `${root}/types`,
    storePath: `${root}/types`,
    keeper: {
      path: `${root}/keeper`,
      name: 'NewKeeper',
      parameters: takes(['storeService', service], ['cdc', binaryCodec]),
    },
    module: { path: root, name: 'NewAppModule', parameters: takes(['keeper', keeper]) },
    simulates: true,
    hooks: ['BeginBlockers', ...genesis],
    note: 'set the hooks of the epochs keeper (SetHooks) for what is to run at each epoch',
  };
}

function protocolpool(): MountableModule {
  const root = `${sdk}/x/protocolpool`;
  const accounts = own(`${root}/types`, 'AccountKeeper');
  const bank = own(`${root}/types`, 'BankKeeper');
  return {
    name: 'protocolpool',
    namePath: `${root}/types`,
    storePath: `${root}/types`,
    keeper: {
      path: `${root}/keeper`,
      name: 'NewKeeper',
      field: 'ProtocolPoolKeeper',
      parameters: takes(
        ['cdc', binaryCodec],
        ['storeService', service],
        ['ak', accounts],
        ['bk', bank],
        ['authority', text],
      ),
    },
    module: {
      path: root,
      name: 'NewAppModule',
      parameters: takes(
        ['keeper', own(`${root}/keeper`, 'Keeper')],
        ['accountKeeper', accounts],
        ['bankKeeper', bank],
      ),
    },
    simulates: true,
    hooks: ['BeginBlockers', ...genesis],
    accounts: ['ModuleName', 'ProtocolPoolEscrowAccount'],
    note:
      'x/distribution keeps the community pool until its keeper is made ' +
      'WithExternalCommunityPool(app.ProtocolPoolKeeper); SDK 0.55 has no x/protocolpool any more',
  };
}

function consensus(
  store: ParameterType,
  more: Parameters,
  hooks: readonly string[],
): MountableModule {
  const root = `${sdk}/x/consensus`;
  return {
    name: 'consensus',
    namePath: `${root}/types`,
    storePath: `${root}/types`,
    keeper: {
      path: `${root}/keeper`,
      name: 'NewKeeper',
      field: 'ConsensusParamsKeeper',
      parameters: [...takes(['cdc', binaryCodec], ['store', store], ['authority', text]), ...more],
    },
    module: {
      path: root,
      name: 'NewAppModule',
      parameters: takes(['cdc', codec], ['keeper', own(`${root}/keeper`, 'Keeper')]),
    },
    simulates: false,
    hooks,
    note: "give the consensus keeper's store of parameters to the app (SetParamStore)",
  };
}

const router = (name: string): ParameterType => ({
  ...own(`${sdk}/baseapp`, name),
  ...(name === 'MsgServiceRouter' && { pointer: true as const }),
});
const events = takes(['em', own('cosmossdk.io/core/event', 'Service')]);

/**
 * The modules that SDK jumps bring, as their releases declare them: read in cosmos-sdk v0.47.17,
 * v0.50.15, v0.53.8, v0.54.4 and v0.55.0, x/feegrant v0.1.1 and v0.2.0, x/circuit v0.1.1 and v0.2.0.
 */
const table: readonly Row[] = [
  { from: '0.47', to: '0.47', module: feegrant(`${sdk}/x/feegrant`, key) },
  { from: '0.50', to: '0.50', module: feegrant('cosmossdk.io/x/feegrant', service, 'v0.1.1') },
  { from: '0.53', to: '0.53', module: feegrant('cosmossdk.io/x/feegrant', service, 'v0.2.0') },
  { from: '0.54', to: '0.55', module: feegrant(`${sdk}/x/feegrant`, service) },
  { from: '0.47', to: '0.47', module: authz(key, binaryCodec, router('MsgServiceRouter')) },
  { from: '0.50', to: '0.55', module: authz(service, codec, router('MessageRouter')) },
  { from: '0.50', to: '0.50', module: circuit('cosmossdk.io/x/circuit', 'v0.1.1') },
  { from: '0.53', to: '0.53', module: circuit('cosmossdk.io/x/circuit', 'v0.2.0') },
  { from: '0.54', to: '0.55', module: circuit(`${sdk}/contrib/x/circuit`) },
  { from: '0.53', to: '0.53', module: epochs(false) },
  { from: '0.54', to: '0.55', module: epochs(true) },
  { from: '0.53', to: '0.54', module: protocolpool() },
  { from: '0.47', to: '0.47', module: consensus(key, [], genesis) },
  { from: '0.50', to: '0.55', module: consensus(service, events, []) },
];

/** The modules that can be mounted as data in a generation of the SDK. */
export function mountableModules(generation: Generation): readonly MountableModule[] {
  return table
    .filter(
      ({ from, to }) =>
        !generationIsBefore(generation, from) && !generationIsBefore(to, generation),
    )
    .map(({ module }) => module);
}
