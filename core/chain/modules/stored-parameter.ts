import type { Repo } from '../../go/repo/repo.ts';
import type { Module } from '../chain.ts';
import { foldersOfModule } from './module-folders.ts';

/**
 * How parameters are written (docs/background/sdk.md#stored-parameters): each as JSON by x/params, all
 * together as one protobuf message, or as the JSON of Go's own package.
 */
export type StoredForm = 'amino' | 'proto' | 'json';

/**
 * The forms in which a module may have stored its parameters. Only x/params where the keeper takes
 * them from there; only protobuf where the struct is generated and nothing lists pairs for x/params.
 */
export function storedForms(
  repo: Repo,
  { dir }: Pick<Module, 'dir'>,
  isGenerated: boolean,
): readonly StoredForm[] {
  const has = (pattern: RegExp) =>
    foldersOfModule(dir).some(folder => repo.filesOf(folder, pattern).length > 0);
  if (!has(/\bParamSetPairs\(\)/)) return isGenerated ? ['proto'] : ['amino', 'proto', 'json'];
  const isInParams = has(/\.[GS]etParamSet\(/) && !has(/\bParamsKey\b/);
  return isInParams ? ['amino'] : ['amino', 'proto'];
}

/** What a parameter is, whatever its type is called. */
type Kind =
  | 'number'
  | 'small number'
  | 'truth'
  | 'text'
  | 'decimal'
  | 'large number'
  | 'time'
  | 'duration'
  | 'coin'
  | 'decimal coin';

/** One value, or a list of them. */
interface Shape {
  readonly kind: Kind;
  readonly isList: boolean;
}

const kinds: readonly (readonly [Kind, RegExp])[] = [
  ['number', /^u?int(64)?$/],
  ['small number', /^u?int(8|16|32)$/],
  ['truth', /^bool$/],
  ['text', /^string$/],
  ['decimal', /^\w+\.(Legacy)?Dec$/],
  ['large number', /^\w+\.U?[iI]nt$/],
  ['time', /^time\.Time$/],
  ['duration', /^time\.Duration$/],
  ['coin', /^\w+\.Coin$/],
  ['decimal coin', /^\w+\.DecCoin$/],
];

function shapeOf(type: string): Shape | undefined {
  const written = type.replace(/^\*/, '').replace(/\b((Dec)?Coin)s$/, '$1[]');
  const plain = written.replace(/^\[\]|\[\]$/, '');
  // Bytes are one value.
  if (/^(\[\]u?int8|\[\]byte)$/.test(written)) return undefined;
  const kind = kinds.find(([, pattern]) => pattern.test(plain))?.[0];
  return kind && { kind, isList: plain !== written };
}

/**
 * Whether what was stored of one type cannot be read as it was meant by another one, in none of the
 * forms. False where that is not sure: for types that are not known, and for lists, which may be
 * empty.
 */
export function isStoredOtherwise(
  type: string,
  earlier: string,
  forms: readonly StoredForm[],
): boolean {
  const [is, was] = [shapeOf(type), shapeOf(earlier)];
  if (!is || !was || was.isList || (is.kind === was.kind && is.isList === was.isList)) return false;
  return forms.every(form => (form === 'proto' ? !isMessageOf(was, is) : !isJsonOf(form, was, is)));
}

/** Whether JSON that was written of one value may be read as another. */
function isJsonOf(form: 'amino' | 'json', was: Shape, is: Shape): boolean {
  if (is.isList) return false;
  const [written, read] = [jsonOf(form, was.kind), jsonOf(form, is.kind)];
  if (written === read) return true;
  const areStrings = [written, read].every(one => strings.has(one));
  if (areStrings && [written, read].includes('text')) return true;
  return written === 'digits' && read === 'decimal';
}

/** The strings of JSON, by what stands in them. */
const strings: ReadonlySet<string> = new Set(['text', 'digits', 'decimal', 'time']);

function jsonOf(form: 'amino' | 'json', kind: Kind): string {
  switch (kind) {
    case 'number':
    case 'duration':
      return form === 'amino' ? 'digits' : 'number';
    case 'small number':
      return 'number';
    case 'large number':
      return 'digits';
    case 'coin':
    case 'decimal coin':
      return 'object';
    default:
      return kind;
  }
}

/** Whether a field of a message that was written of one value may be read as another, or a list. */
function isMessageOf(was: Shape, is: Shape): boolean {
  if (was.kind === is.kind) return true;
  const [written, read] = [was.kind, is.kind];
  // A duration is a message, or a number where the field is cast.
  if (varints.has(written) && varints.has(read)) return true;
  return (
    (written === 'text' && digits.has(read)) || (written === 'large number' && read === 'text')
  );
}

const varints: ReadonlySet<string> = new Set(['number', 'small number', 'truth', 'duration']);
/** A decimal is written without its point: as text, or as a whole number, it is another value. */
const digits: ReadonlySet<string> = new Set(['large number', 'decimal']);
