// `npm run demo`, `npm test` and their like in a fresh clone: install, build, then run
// dist/scripts/<name>.js.
import { spawnSync } from 'node:child_process';
import { build } from './build.mjs';
import { root } from './install.mjs';

const [name, ...args] = process.argv.slice(2);
if (!(await build())) {
  console.error('The build failed: see above.');
  process.exit(2);
}
const { status } = spawnSync(process.execPath, [`dist/scripts/${name}.js`, ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 2;
