/**
 * Options that the command line and the generators share, besides those of questions. Without
 * `value` they are flags.
 */
export const sharedOptions = {
  dir: {
    name: 'dir',
    value: 'DIR',
    help: "the chain's folder (default: the current folder)",
  },
  app: {
    name: 'app',
    value: 'DIR',
    help: "the app's folder, in a repository with several apps",
  },
  base: {
    name: 'base',
    value: 'REF',
    help:
      'the tag, branch or commit that the network runs now ' +
      '(default: the newest release tag before this commit)',
  },
  yes: { name: 'yes', help: 'accept all defaults without prompting' },
  dryRun: { name: 'dry-run', help: 'print the changes without writing them' },
} as const;
