/**
 * What a rehearsal says of options, for who has none: the setting in place of it, or where the
 * option is taken.
 */
export function inEditor(words: string): string {
  const set = words.replace(/\bwith --from REF/, 'in the setting chainUpgrade.base');
  return / --[a-z]/.test(set)
    ? `${set} (an option of chain-upgrade rehearse on the command line)`
    : set;
}
