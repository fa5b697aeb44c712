import { rules } from './all.ts';

/**
 * The names of all rules, and `suppression`: the name under which suppressing comments are
 * reported.
 */
export const ruleNames: readonly string[] = [...rules.map(rule => rule.name), 'suppression'];
