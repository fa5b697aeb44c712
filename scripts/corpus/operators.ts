import { appOperators } from './operators/app.ts';
import { errorOperators } from './operators/errors.ts';
import { fileOperators } from './operators/files.ts';
import { handlerOperators } from './operators/handler.ts';
import { genesisOperators, migrationOperators } from './operators/migrations.ts';
import type { Operator } from './operators/operator.ts';
import { nameOperators, registrationOperators } from './operators/registration.ts';
import { releaseOperators } from './operators/releases.ts';
import { stateOperators } from './operators/state.ts';
import { storeOperators } from './operators/stores.ts';

/** The mistakes that are made, one at a time, in chains that have none. */
export const operators: readonly Operator[] = [
  ...registrationOperators,
  ...storeOperators,
  ...handlerOperators,
  ...errorOperators,
  ...migrationOperators,
  ...nameOperators,
  ...genesisOperators,
  ...appOperators,
  ...releaseOperators,
  ...stateOperators,
  ...fileOperators,
];
