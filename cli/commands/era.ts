import { newEra } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade era NAME`: adds an era, at whose height the chain behaves otherwise, or retires one. */
export const eraCommand = writingCommand(
  {
    name: 'era',
    summary: 'add an era: behaviour that switches at a height, without a halt; or retire one',
    examples: ['era pythagoras --switch fee --upgrade v3', 'era thales --retire --yes'],
  },
  newEra,
);
