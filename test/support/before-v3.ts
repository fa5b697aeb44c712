import { chainTexts } from './chains.ts';

/** The file of the example chain that registers its upgrades. */
export const exampleApp = 'app/app.go';

/** The text of that file without the upgrade v3. */
export function withoutV3(text: string): string {
  const without = text.replace(/^.*\/upgrades\/v3"\n/m, '').replace(/^.*v3\.Upgrade,\n/m, '');
  if (without === text) throw new Error(`${exampleApp} has no upgrade v3 to take out`);
  return without;
}

/** The example chain before its upgrade v3. */
export function chainBeforeV3(): Record<string, string> {
  const texts = chainTexts('list');
  return { ...texts, [exampleApp]: withoutV3(texts[exampleApp]!) };
}
