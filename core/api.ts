/**
 * The engine as a library: `import { … } from 'generator-chain-upgrade/core'`. Plain functions, no
 * editor, no terminal.
 */

export type { Analysis } from './chain/analysis.ts';
export { analyse, readChain } from './chain/analysis.ts';
export type { Baseline } from './chain/baseline.ts';
export type * from './chain/chain.ts';
export type { FileSource } from './files.ts';
export { memoryFiles } from './files.ts';
export type { FileEdit } from './go/edit/file-edit.ts';
export type { FactsCache } from './go/repo/repo.ts';
export { loadRepo, Repo } from './go/repo/repo.ts';
export type { Location } from './go/source/location.ts';
export type { GoParser, ParserAssets } from './go/syntax/parser.ts';
export { startParser } from './go/syntax/parser.ts';
export { readOldType } from './plan/migration/old-message/read.ts';
export { mountQuestions } from './plan/mount/questions.ts';
export type * from './plan/plan.ts';
export type { PlanInput } from './plan/plan-input.ts';
export type * from './plan/question.ts';
export type { Sources } from './plan/task.ts';
export { upgradeQuestions } from './plan/upgrade/upgrade-questions.ts';
export type { RefusalInfo } from './refusal.ts';
export { Refusal } from './refusal.ts';
export { planMigration, planMount, planUpgrade } from './tasks/tasks.ts';
