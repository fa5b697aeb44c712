/** A process of its own, for its memory: reads the chains in some folders, or only parses their texts; prints its peak resident size in kilobytes. */
import { readChain } from '../../core/chain/read.ts';
import { startParser } from '../../core/go/parser.ts';
import { loadRepo } from '../../core/go/repo.ts';
import { loadAssets } from '../../host/assets.ts';
import { diskFiles } from '../../host/disk-files.ts';
import { goTexts, parseAll } from './reading.ts';

const [what, ...roots] = process.argv.slice(2);
const parser = await startParser(await loadAssets());
const held: unknown[] = [];
for (const root of roots) {
  const repo = await loadRepo(diskFiles(root), parser);
  if (what === 'read') held.push(repo, readChain(repo));
  else parseAll(parser, goTexts(repo));
}
console.log(process.resourceUsage().maxRSS);
