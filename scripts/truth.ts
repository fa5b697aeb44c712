/**
 * `npm run test:truth`: the mistakes that rules report as errors, made in an example chain and run;
 * writes docs/truth.md. `npm run test:truth -- 0.50` only those SDK generations.
 */
import { runByGeneration } from './test/by-generation.ts';

runByGeneration('truth', { WRITE_TRUTH: 'true' });
