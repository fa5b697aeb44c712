/**
 * `npm run new-rule NAME`: the files of a new rule, ready to be filled in. Its page's test fails
 * until the rule reports the page's mistake.
 */
import { fileURLToPath } from 'node:url';
import { newRule } from './new-rule/new-rule.ts';
import { runScript } from './run-script.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

await runScript('new-rule', async () => {
  const [name, ...others] = process.argv.slice(2);
  if (name === undefined || others.length > 0) throw new Error('usage: npm run new-rule NAME');
  for (const file of newRule(root, name)) console.log(file);
  console.log(
    `\nWrite the check, the page and the case, then run:\n` +
      `  npm test -- test/core/lint --grep ${name}\n  npm run contract`,
  );
  return 0;
});
