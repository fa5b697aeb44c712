import { newOperatorFiles } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade operators NAME`: writes what operators need of an upgrade. */
export const operatorsCommand = writingCommand(
  {
    name: 'operators',
    summary: 'write the operator files of an upgrade: runbook, scripts, service',
    examples: [
      'operators v2',
      'operators --no-break v1.2.3',
      'operators --from-oraivisor ~/.oraid',
    ],
  },
  newOperatorFiles,
);
