import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';

/** V09. What is often found instead: an error page, an archive, the binary of another machine. */
export const binaryPlatform: HomeCheck = {
  name: 'binary-platform',
  severity: 'error',
  summary: 'the new binary is a program for this machine',
  look({ binary, platform }) {
    const { form, path } = binary;
    if (form.is !== 'there') return unseen(form, path, 'there is no binary to look at');
    const found = form.value;
    const fix = `put the binary for ${platform} there`;
    if (found.is === 'other') return failed(`${path} is ${found.what}`, fix, { file: path });
    if (found.is === 'universal') return passed('it is a program for several processors', path);
    const its = `${found.os}/${found.arch}`;
    if (its === platform) return passed(`it is a program for ${its}`, path);
    return failed(`${path} is for ${its}, this machine is ${platform}`, fix, { file: path });
  },
};
