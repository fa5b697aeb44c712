/**
 * The editor's `l10n` with a language's bundle: a message that is not in it stays English.
 * Placeholders are filled as VS Code does it: in one pass, and one without a value stays.
 */
export function fakeL10n(bundle: Readonly<Record<string, string>> = {}): object {
  return {
    t: (message: string, ...values: readonly (string | number | boolean)[]) =>
      values.length === 0
        ? (bundle[message] ?? message)
        : (bundle[message] ?? message).replace(/\{([^}]+)\}/g, (whole, name: string) =>
            String(values[Number(name)] ?? whole),
          ),
  };
}
