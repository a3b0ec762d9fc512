import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['**/dist/**', '**/build/**', '**/node_modules/**', '**/output/**']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Binary protocols index typed arrays inside bounds that were checked once, at the top of the parser.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // What is called for every packet takes its numbers one by one: an object would be made for each call.
      '@typescript-eslint/max-params': ['error', { max: 6 }],
    },
  },
  {
    // On the path of a packet an object of arguments would be made for each packet and subscriber.
    files: [
      'packages/rtp/src/**/*.ts',
      'packages/sfu/src/forwarder.ts',
      'packages/sfu/src/packet-writer.ts',
      'packages/sfu/src/published-codec.ts',
    ],
    rules: { '@typescript-eslint/max-params': 'off' },
  },
  { files: ['apps/web/**/*.ts', 'apps/web/**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },
  {
    // LiveKit's clients still use fields that its protocol marks as deprecated.
    files: ['packages/livekit/**/*.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
