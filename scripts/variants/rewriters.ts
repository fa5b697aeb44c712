import { branchRewriters } from './operators/branches.ts';
import { compositeRewriters } from './operators/composites.ts';
import { constantRewriters } from './operators/constants.ts';
import { declarationRewriters } from './operators/declarations.ts';
import { functionRewriters } from './operators/functions.ts';
import { layoutRewriters } from './operators/layout.ts';
import { literalRewriters } from './operators/literals.ts';
import { variableRewriters } from './operators/variables.ts';
import type { Rewriter } from './rewriter.ts';

/** All ways in which Go is rewritten without changing what it means. */
export const rewriters: readonly Rewriter[] = [
  ...constantRewriters,
  ...literalRewriters,
  ...variableRewriters,
  ...declarationRewriters,
  ...functionRewriters,
  ...branchRewriters,
  ...compositeRewriters,
  ...layoutRewriters,
];
