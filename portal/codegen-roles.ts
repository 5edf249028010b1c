import { readFileSync } from 'node:fs'

import type { Types } from '@graphql-codegen/plugin-helpers'
import { buildSchema, concatAST, separateOperations, validate } from 'graphql'

/** Everybody who signs in has one of these; the portal is not for agents. */
const ROLES = ['viewer', 'operator', 'approver', 'owner'] as const

/** Writes which roles may ask each operation: those whose own schema has everything that the operation names. */
export const rolesPreset: Types.OutputPreset = {
  buildGeneratesSection: ({ baseOutputDir, schema, documents, pluginMap, config }) => [
    {
      filename: baseOutputDir,
      plugins: [{ roles: {} }],
      pluginMap: { ...pluginMap, roles: { plugin: (_schema, files) => moduleOf(files) } },
      schema,
      documents,
      config,
    },
  ],
}

function moduleOf(files: readonly Types.DocumentFile[]): string {
  const schemas = ROLES.map((role) => ({ role, schema: buildSchema(schemaText(role)) }))
  const operations = separateOperations(concatAST(files.flatMap(({ document }) => document ?? [])))
  const lines = Object.entries(operations).map(([name, operation]) => {
    const roles = schemas.filter(({ schema }) => validate(schema, operation).length === 0)
    return `  ${name}: [${roles.map(({ role }) => `'${role}'`).join(', ')}],\n`
  })
  return `/** The roles that may ask each operation. */\nexport const ROLES_OF = {\n${lines.sort().join('')}} as const\n`
}

function schemaText(role: string): string {
  return readFileSync(new URL(`../codegen/schema/${role}.graphql`, import.meta.url), 'utf8')
}
