import { mountTask } from '../../core/tasks/tasks.ts';
import { writingCommand } from '../write.ts';

/** `chain-upgrade mount MODULE`: mounts a module on the app: key, keeper, manager and orders. */
export const mountCommand = writingCommand(
  {
    name: 'mount',
    summary: 'mount a module on the app: store key, keeper, module manager and orders',
    examples: ['mount x/mymodule --upgrade v2 --yes', 'mount x/nft --keeper-arg 3=app.BankKeeper'],
  },
  mountTask,
);
