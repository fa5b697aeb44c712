import type { Verdict } from '../question.ts';

/** Longest plan name we write; the SDK sets no limit, but folders and proposals do. */
const longest = 140;

/**
 * Whether a plan name can be used. The SDK only asks that it is not empty
 * (docs/background/sdk.md#plan); folders, Go strings and cosmovisor ask for more.
 */
export function checkPlanName(name: string): Verdict | undefined {
  const error = (message: string): Verdict => ({ severity: 'error', message });
  if (name === '') return error('the upgrade needs a name, such as v2');
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name))
    return error('the name holds a line break or another control character; leave it out');
  if (/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(name))
    return error(
      'the name holds an invisible or direction-changing character; type it again by hand',
    );
  if (/[/\\]/.test(name)) return error('the name holds a path separator; a plan name is no path');
  if (name === '.' || name.includes('..'))
    return error('the name holds "..", which cosmovisor would take as a path');
  if (/["'`]/.test(name)) return error('the name holds a quote; leave it out');
  if (/\s/.test(name)) return error('plan name contains a space; use "-" or "." instead');
  if (name.length > longest)
    return error(`the name has ${name.length} characters; ${longest} are allowed`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name))
    return error(
      'the name must begin with a letter or digit and hold only letters, digits and . _ - +',
    );
  if (/[A-Z]/.test(name))
    return {
      severity: 'warning',
      message: `cosmovisor lower-cases folder names: validators need the folder upgrades/${name.toLowerCase()}`,
    };
  return undefined;
}
