import assert from 'node:assert/strict';
import { cosmovisorFolder } from '../../../core/sdk/cosmovisor.ts';

describe('the folder of a plan under cosmovisor', () => {
  it('is what url.PathEscape(strings.ToLower(name)) gives', () => {
    const names = [
      'v2+rc1',
      'V2:a=b@c$d&e',
      "a!b'c(d)e*f",
      'a;b,c?d/e',
      'x~y_z.1-2',
      'é ü%',
      '<>"#[]{}|\\^`',
    ];
    assert.deepEqual(
      names.map(name => cosmovisorFolder(name)),
      [
        'v2+rc1',
        'v2:a=b@c$d&e',
        'a%21b%27c%28d%29e%2Af',
        'a%3Bb%2Cc%3Fd%2Fe',
        'x~y_z.1-2',
        '%C3%A9%20%C3%BC%25',
        '%3C%3E%22%23%5B%5D%7B%7D%7C%5C%5E%60',
      ],
    );
  });
});
