// The licences of what is copied into dist/: most of them ask that their text goes along.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes one text with the licence of every package folder. */
export function writeLicenses(target, folders) {
  const texts = [...new Set(folders)].sort().map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
    if (!file)
      throw new Error(`${name} has no licence file: what goes into the packages needs one`);
    const text = readFileSync(`${folder}/${file}`, 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  writeFileSync(
    target,
    `This product contains the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`,
  );
}

/** The package folders among the inputs of a bundle. */
export function packagesOf(metafile) {
  return Object.keys(metafile.inputs).flatMap(
    input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
}
