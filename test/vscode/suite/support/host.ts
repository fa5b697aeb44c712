/** What tests ask of the launcher: keys, the screen, pictures. */
import { connect } from 'node:net';
import type { Answer, Request } from '../../host/channel.ts';
import { channelVariable } from '../../host/channel.ts';

function ask(request: Request): Promise<readonly string[]> {
  const path = process.env[channelVariable];
  if (!path)
    throw new Error(
      `${channelVariable} is not set: start these tests with node dist/test/vscode/host/main.js`,
    );
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(path, () => socket.write(`${JSON.stringify(request)}\n`));
    socket
      .setEncoding('utf8')
      .on('error', reject)
      .on('data', (chunk: string) => {
        text += chunk;
      })
      .on('close', () => {
        const answer = JSON.parse(text || '{"error":"the launcher closed the channel"}') as Answer;
        if (answer.error === undefined) resolve(answer.value ?? []);
        else reject(new Error(`${request.do}: ${answer.error}`));
      });
  });
}

/** Presses keys, one after the other. */
export const press = (...keys: string[]) => ask({ do: 'press', keys });
export const type = (text: string) => ask({ do: 'type', text });
export const click = (selector: string) => ask({ do: 'click', selector });
/** The texts of everything visible that a CSS selector finds; the values of inputs. */
export const read = (selector: string) => ask({ do: 'read', selector });
/** The texts of elements in the pages that the editor shows, such as that of Inspect Chain. */
export const readPages = (selector: string) => ask({ do: 'readPages', selector });
export const clickInPage = (selector: string) => ask({ do: 'clickInPage', selector });
/** What a screen reader says of everything visible that a CSS selector finds. */
export const labels = (selector: string) => ask({ do: 'labels', selector });
/** Takes a picture of all or of a part, where the launcher was told to keep some. */
export const shot = (name: string, part?: string) =>
  ask({ do: 'shot', name, ...(part !== undefined && { part }) });
export const finish = (passed: number, failed: number) => ask({ do: 'finish', passed, failed });

let said: Promise<unknown> = Promise.resolve();

/** Prints a line where the run was started; lines keep their order. */
export function say(line: string): Promise<unknown> {
  said = said.then(() => ask({ do: 'say', line }));
  return said;
}
