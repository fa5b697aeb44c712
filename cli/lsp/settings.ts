import type { Config } from '../../core/lint/config.ts';
import { checkedConfig } from '../../core/lint/config.ts';

/** The settings of an editor: those of `chainUpgrade` in VS Code, under the same names. */
export interface EditorSettings {
  /** What wins over the repository's configuration. */
  readonly config: Config;
  /** Whether findings are shown. */
  readonly lint: boolean;
  /** What is wrong with them; then none of them counts. */
  readonly error?: string;
}

/** No settings: the repository's own configuration counts. */
export const noSettings: EditorSettings = { config: {}, lint: true };

/**
 * Reads what an editor sends, as it is or under `chainUpgrade`. What is no object, such as null, is
 * no settings.
 */
export function readSettings(sent: unknown): EditorSettings {
  const own = isRecord(sent) && 'chainUpgrade' in sent ? sent['chainUpgrade'] : sent;
  if (!isRecord(own)) return noSettings;
  const { lint = true, base, rules, exclude, ...others } = own;
  const wrong = (why: string) => ({ ...noSettings, error: `settings of chainUpgrade: ${why}` });
  if (typeof lint !== 'boolean') return wrong('"lint" has to be true or false');
  const given = Object.entries({ base, rules, exclude, ...others }).filter(
    // An editor sends what nobody set as an empty text, or null.
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const config = checkedConfig(Object.fromEntries(given));
  return 'error' in config ? wrong(config.error as string) : { config, lint };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
