/**
 * Options that the terminal doors share, besides those of questions. Without `value` they are
 * flags.
 */
export const doorOptions = {
  dir: { name: 'dir', value: 'DIR', help: "the chain's folder (default: here)" },
  app: { name: 'app', value: 'DIR', help: "the app's folder, where a repository holds several" },
  base: {
    name: 'base',
    value: 'REF',
    help: 'the tag, branch or commit the network runs now (default: the newest release tag before this commit)',
  },
  yes: { name: 'yes', help: 'ask nothing, take the defaults' },
  dryRun: { name: 'dry-run', help: 'write nothing, print what would be written' },
} as const;
