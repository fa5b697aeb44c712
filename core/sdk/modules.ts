import { moduleRows } from './module-file.ts';
import { moduleFile } from './modules.generated.ts';

export type { ModuleRow } from './module-file.ts';

/**
 * Store keys, module names and consensus versions of the modules chains take from elsewhere, one
 * row a constant and import path. Extracted from the modules' released sources; `releases` says
 * which. The data is modules.json.
 */
export const modules = moduleRows(moduleFile);
