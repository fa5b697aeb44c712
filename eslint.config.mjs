// Only what needs types; everything else is Biome's (biome.json).
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', '.cache/**', 'test/chains/**', '**/*.generated.ts'] },
  {
    files: ['{core,host,rehearse,operate,cli,extension,generators,scripts,test}/**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/no-shadow': 'error',
    },
  },
  {
    // Users would read "undefined".
    files: ['{core,host,rehearse,operate,cli,extension,generators}/**/*.ts'],
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNullish: false, allowNumber: true },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='node:assert/strict'] > ImportSpecifier",
          message: "Write import assert from 'node:assert/strict' and assert.equal(…).",
        },
        {
          selector: "MemberExpression[object.name='assert'][property.name=/Strict|^strict/]",
          message: 'Every assertion is strict: write assert.equal or assert.deepEqual.',
        },
      ],
    },
  },
);
