/**
 * `npm run test:live`: example chains of every SDK generation, upgraded for real with what the tool
 * wrote; `npm run test:live -- 0.50` only those generations.
 */
import { runByGeneration } from './test/by-generation.ts';

runByGeneration('live');
