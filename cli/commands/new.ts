import { newUpgrade } from '../../host/prepare.ts';
import type { Command } from '../command.ts';
import { questionArgument, questionOptions } from '../questions.ts';
import { write, writeOptions } from '../write.ts';

/** `chain-upgrade new NAME`: writes a new upgrade and wires it into the app. */
export const newCommand: Command = {
  name: 'new',
  summary: 'write a new upgrade and wire it into the app',
  argument: questionArgument(newUpgrade.questions, 'name'),
  options: [...questionOptions(newUpgrade.questions, 'name'), ...writeOptions],
  run: (input, terminal) => write(newUpgrade, 'name', input, terminal),
};
