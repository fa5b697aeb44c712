/** The configuration's name at the root. */
export const configFile = '.chain-upgrade.json';
