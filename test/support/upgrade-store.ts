import { bytesField, intField } from '../../core/rehearse/abci/wire.ts';
import { joinedBytes } from '../../core/rehearse/wire-bytes.ts';
import type { StorePair } from './rpc-node.ts';

/** Text in hexadecimal. */
export function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}

/** A number as x/upgrade keeps it: eight bytes, in hexadecimal. */
export function hex64(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.toString('hex');
}

/** The store of x/upgrade as SDK 0.46 and later keep it. */
export function upgradeStore({
  plan,
  done = {},
  modules = { bank: 4, upgrade: 2 },
  protocol = 1,
}: {
  plan?: { name: string; height: number; info?: string };
  done?: Readonly<Record<string, number>>;
  modules?: Readonly<Record<string, number>>;
  protocol?: number;
} = {}): StorePair[] {
  const planPair = (): StorePair => {
    const fields = [
      bytesField(1, plan!.name),
      intField(3, plan!.height),
      bytesField(4, plan!.info ?? ''),
    ];
    return ['00', Buffer.from(joinedBytes(fields)).toString('hex')];
  };
  return [
    ...(plan ? [planPair()] : []),
    ...Object.entries(done).map(
      ([name, height]): StorePair => [`01${hex64(height)}${hexOf(name)}`, '01'],
    ),
    ...Object.entries(modules).map(
      ([name, version]): StorePair => [`02${hexOf(name)}`, hex64(version)],
    ),
    ['03', hex64(protocol)],
  ];
}
