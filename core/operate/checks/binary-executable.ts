import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped } from '../check.ts';
import { ifThere } from '../machine.ts';
import { mayDo } from '../permission.ts';

/**
 * V08. The user of the service has to come to the binary and may execute it; where nobody may,
 * cosmovisor sets the bits itself if the file is that user's (upgrade.go, EnsureBinary).
 */
export const binaryExecutable: HomeCheck = {
  name: 'binary-executable',
  severity: 'error',
  summary: 'the user of the service can reach and execute the new binary',
  look({ binary, service, home }) {
    const file = ifThere(binary.entry);
    if (file?.kind !== 'file') return skipped('there is no binary to look at');
    if (!service) return skipped('the user of the service is not known: data is not there');
    const closed = binary.folders.find(
      ({ entry }) => entry.is === 'there' && !mayDo(service, entry.value, 1),
    );
    if (closed)
      return failed(
        `user ${service.uid} may not search ${closed.path}`,
        `chmod a+x ${home}/${closed.path}`,
        { file: closed.path },
      );
    if (mayDo(service, file, 1)) return passed(`user ${service.uid} may execute it`, binary.path);
    const isMade = (file.mode & 0o111) === 0 && [0, file.uid].includes(service.uid);
    if (isMade) return passed('cosmovisor makes it executable', binary.path);
    return failed(
      `user ${service.uid} may not execute ${binary.path}`,
      `chmod 755 ${home}/${binary.path}`,
      { file: binary.path },
    );
  },
};
