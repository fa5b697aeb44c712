import { readChain } from '../../core/chain/analysis.ts';
/**
 * A process of its own, for its memory; prints its peak resident size in kilobytes. `read` and
 * `parse` are given chains: read them, or only parse their texts. `lint` and `parse-both` are given
 * a chain's folder and its baseline's commit: lint it, or only parse the texts of both trees.
 * `peers` and `bare-peers` are given where they are and their file: ask them, or only fetch.
 */
import { loadRepo } from '../../core/go/repo/repo.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { lintFolder } from '../../host/commands/lint.ts';
import { loadAssets } from '../../host/disk/assets.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { gitFiles } from '../../host/git/git-files.ts';
import { askBare, askPeers } from './peers.ts';
import { goTexts, parseAll } from './reading.ts';

const [what, ...given] = process.argv.slice(2);
const parser = await startParser(await loadAssets());
const held: unknown[] = [];
switch (what) {
  case 'read':
  case 'parse':
    for (const root of given) {
      const repo = await loadRepo(diskFiles(root), parser);
      if (what === 'read') held.push(repo, readChain(repo));
      else parseAll(parser, goTexts(repo));
    }
    break;
  case 'lint':
    held.push(await lintFolder({ dir: given[0]!, base: given[1], tell() {} }));
    break;
  case 'parse-both': {
    const [now, then] = [
      await loadRepo(diskFiles(given[0]!), parser),
      await loadRepo(gitFiles(given[0]!, given[1]!), parser),
    ];
    parseAll(parser, [...new Set([...goTexts(now), ...goTexts(then)])]);
    held.push(now, then);
    break;
  }
  case 'peers':
    held.push(await askPeers(given[0]!, given[1]!));
    break;
  case 'bare-peers':
    held.push(await askBare(given[0]!));
    break;
  default:
    throw new Error(`${what} cannot be measured`);
}
console.log(process.resourceUsage().maxRSS);
