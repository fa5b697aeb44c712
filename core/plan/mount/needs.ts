import type { Parameter } from './module.ts';

/** What a constructor's parameter stands for, by its type and its name. */
export type Need =
  | { readonly kind: 'codec' | 'amino' | 'logger' | 'registry' | 'messages' | 'queries' }
  | { readonly kind: 'service' | 'key' | 'subspace' | 'events' | 'fees' }
  | { readonly kind: 'authority'; readonly bytes: boolean }
  | { readonly kind: 'addresses'; readonly of: 'account' | 'validator' | 'consensus' }
  | { readonly kind: 'keeper' }
  | { readonly kind: 'options' };

const sdk = 'github.com/cosmos/cosmos-sdk';
const logs =
  /^(cosmossdk\.io\/log(\/v\d+)?|github\.com\/(tendermint\/tendermint|cometbft\/cometbft)\/libs\/log)$/;
const keys =
  /^(github\.com\/cosmos\/cosmos-sdk\/(types|store(\/v\d+)?(\/types)?)|cosmossdk\.io\/store(\/v\d+)?(\/types)?)$/;

/** Types that tell by themselves what is wanted. */
const byType: readonly (readonly [path: RegExp, name: RegExp, need: Need])[] = [
  [new RegExp(`^${sdk}/codec$`), /^LegacyAmino$/, { kind: 'amino' }],
  [new RegExp(`^${sdk}/codec$`), /Codec$/, { kind: 'codec' }],
  [new RegExp(`^${sdk}/codec/types$`), /^InterfaceRegistry$/, { kind: 'registry' }],
  [logs, /^Logger$/, { kind: 'logger' }],
  [/^cosmossdk\.io\/core\/store$/, /^KVStoreService$/, { kind: 'service' }],
  [keys, /^(KV)?StoreKey$/, { kind: 'key' }],
  [new RegExp(`^${sdk}/x/params/types$`), /^Subspace$/, { kind: 'subspace' }],
  [/^cosmossdk\.io\/core\/event$/, /^Service$/, { kind: 'events' }],
  [
    new RegExp(`^${sdk}/baseapp$`),
    /^(MessageRouter|MsgServiceRouter|IMsgServiceRouter)$/,
    { kind: 'messages' },
  ],
  [new RegExp(`^${sdk}/baseapp$`), /^(GRPCQueryRouter|QueryRouter)$/, { kind: 'queries' }],
];

/** What a parameter stands for; undefined where neither its type nor its name tells. */
export function needOf({ name, type, variadic }: Parameter): Need | undefined {
  if (variadic) return { kind: 'options' };
  const known = byType.find(
    ([path, typeName]) =>
      type.path !== undefined && path.test(type.path) && typeName.test(type.name),
  );
  if (known) return known[2];
  if (/^address$/.test(type.path?.split('/').at(-1) ?? '') && type.name === 'Codec')
    return { kind: 'addresses', of: addressKind(name) };
  if (/authority|govAddr/i.test(name)) {
    if (type.text === 'string') return { kind: 'authority', bytes: false };
    if (type.name === 'AccAddress' || type.text === '[]byte')
      return { kind: 'authority', bytes: true };
  }
  if (type.text === 'string' && /^feeCollector(Name)?$/.test(name)) return { kind: 'fees' };
  if (/Subspace$/.test(type.name)) return { kind: 'subspace' };
  if (/Keeper$/.test(type.name)) return { kind: 'keeper' };
  if (/^(MsgRouter|MessageRouter|MsgServiceRouter)$/.test(type.name)) return { kind: 'messages' };
  return undefined;
}

function addressKind(name: string): 'account' | 'validator' | 'consensus' {
  if (/cons/i.test(name)) return 'consensus';
  return /val/i.test(name) ? 'validator' : 'account';
}
