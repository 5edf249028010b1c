import type { CodegenConfig } from '@graphql-codegen/cli'

import { rolesPreset } from './codegen-roles'

/**
 * Types for every operation that the portal writes with `graphql()`. The owner's schema is the widest that anybody has
 * who signs in; `roles.ts` then says which roles may ask each operation.
 */
const config: CodegenConfig = {
  schema: '../codegen/schema/owner.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/__generated__/**'],
  errorsOnly: true,
  generates: {
    'src/__generated__/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        onlyOperationTypes: true,
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        // What travels as JSON.
        scalars: { uuid: 'string', timestamptz: 'string', jsonb: 'unknown', bigint: 'number' },
      },
    },
    'src/__generated__/roles.ts': { preset: rolesPreset },
  },
}

export default config
