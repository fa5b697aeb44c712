import { isKeyword } from '../../go/source/keywords.ts';
import { packageIdentifier } from '../package/naming.ts';
import type { Verdict } from '../question.ts';

/** Longest plan name we write; the SDK sets no limit, but folders and proposals do. */
const longest = 140;

/**
 * Whether a plan name can be used. The SDK only asks that it is not empty
 * (docs/background/sdk.md#plan); folders, Go strings and cosmovisor ask for more.
 */
export function checkPlanName(name: string): Verdict | undefined {
  const wrong = faultOf(name);
  if (wrong !== undefined) return { severity: 'error', message: wrong };
  if (!/[A-Z]/.test(name)) return undefined;
  return {
    severity: 'warning',
    message:
      'cosmovisor lower-cases folder names: validators need the folder ' +
      `upgrades/${name.toLowerCase()}`,
  };
}

/**
 * Whether a new upgrade can have a plan name: its package, and the folder of that, are named for
 * it, so that Go has to be able to import them.
 */
export function checkNewName(name: string): Verdict | undefined {
  const verdict = checkPlanName(name);
  if (verdict?.severity === 'error') return verdict;
  const identifier = packageIdentifier(name);
  const isUnfit = unimportable.has(identifier.replaceAll('_', '')) || isKeyword(identifier);
  if (!isUnfit) return verdict;
  return {
    severity: 'error',
    message:
      `plan name ${name} would name the package or the folder of the upgrade, and Go cannot ` +
      'import one of that name; choose another name',
  };
}

// A command, a name that only a function may have, and folders with a meaning of their own.
const unimportable = new Set(['main', 'init', 'internal', 'vendor', 'testdata']);

/** What a name may not contain, and the message where it does; the first that fits is given. */
const forbidden: readonly (readonly [characters: RegExp, message: string])[] = [
  [/\p{Cc}/u, 'contains a line break or another control character; remove it'],
  [
    /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/,
    'contains an invisible or direction-changing character; type it again by hand',
  ],
  [/[/\\]/, 'contains a path separator; a plan name is not a path'],
  [/^\.$|\.\./, 'contains "..", which cosmovisor would take as a path'],
  [/["'`]/, 'contains a quote; remove it'],
  [/\s/, 'contains a space; use "-" or "." instead'],
  // The upgrade's folder bears the name, and cosmovisor's too: an extension makes no difference.
  [
    /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i,
    'is a device on Windows, where nobody could check out its folder; choose another name',
  ],
];

function faultOf(name: string): string | undefined {
  if (name === '') return 'the upgrade needs a name, such as v2';
  const [, message] = forbidden.find(([characters]) => characters.test(name)) ?? [];
  if (message !== undefined) return `plan name ${message}`;
  if (name.length > longest)
    return `plan name has ${name.length} characters; ${longest} are allowed`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name))
    return (
      'plan name must begin with a letter or digit and contain only ' +
      'letters, digits and . _ - +'
    );
  return undefined;
}
