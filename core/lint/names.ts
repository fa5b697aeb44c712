import { rules } from './all.ts';

/**
 * The names of all rules; `suppression` stands for what is said about the suppressing comments
 * themselves.
 */
export const ruleNames: readonly string[] = [...rules.map(rule => rule.name), 'suppression'];
