/** Why nothing is said of the environment. */
export const noEnvironment =
  'no environment was given: give --cosmovisor with the environment file, the unit or the process';
