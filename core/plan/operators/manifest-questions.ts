import type { Question } from '../question.ts';
import type { UpgradeContext } from '../upgrade/upgrade-questions.ts';
import { placeQuestions, planQuestion } from './proposal-questions.ts';

const never = () => false;

/** The other documents that a manifest can become. */
export const furtherDocuments = ['chain-registry', 'kubernetes'] as const;

/** The questions of a manifest, in the order they are asked. */
export const manifestQuestions: readonly Question<UpgradeContext>[] = [
  planQuestion,
  ...placeQuestions,
  {
    id: 'binary',
    kind: 'text',
    title: 'Binaries',
    value: 'os/arch=URL#sha256:HEX',
    repeatable: true,
    prompt: 'Binaries, as os/arch=URL#sha256:HEX, separated by blanks',
    help: 'a binary and where it will be downloaded from; the hash may come from --file',
  },
  {
    id: 'file',
    kind: 'text',
    title: 'Files',
    value: 'os/arch=PATH',
    repeatable: true,
    prompt: 'The same files here, as os/arch=PATH, separated by blanks (empty for none)',
    help: 'the file here that the URL of that platform gives, to be hashed',
    default: () => '',
  },
  {
    id: 'download',
    kind: 'confirm',
    title: 'Download',
    prompt: 'Download binaries to hash them?',
    help: 'download what has neither a hash nor a file, to hash it',
    when: never,
  },
  {
    id: 'url',
    kind: 'text',
    title: 'URL',
    value: 'URL',
    prompt: 'Where manifest.json will be served',
    help: "where manifest.json will be served; the plan's info is then that URL with its checksum",
    when: never,
  },
  {
    id: 'also',
    kind: 'choices',
    title: 'Documents',
    value: 'NAME,…',
    prompt: 'Further documents',
    help:
      'also write chain-registry (versions-entry.json) or kubernetes (kubernetes.json, for ' +
      'operators of Kubernetes)',
    when: never,
    choices: () => furtherDocuments.map(name => ({ value: name, label: name })),
    validate: value => {
      const names = [value].flat().filter(name => typeof name === 'string');
      const odd = names.find(name => !furtherDocuments.some(known => known === name));
      return odd === undefined
        ? undefined
        : {
            severity: 'error',
            message: `--also takes ${furtherDocuments.join(' and ')}, not ${odd}`,
          };
    },
  },
];
