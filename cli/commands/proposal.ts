import { newProposal } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade proposal NAME`: writes the proposal of an upgrade, or the one that cancels it. */
export const proposalCommand = writingCommand(
  {
    name: 'proposal',
    summary: 'write the governance proposal of an upgrade, or the one that cancels it',
    examples: [
      'proposal v2 --height 1234567',
      'proposal v2 --node https://rest.example.org',
      'proposal v2 --cancel --network mychain-1',
    ],
  },
  newProposal,
);
