import type { Schema } from '@cfworker/json-schema'

/** What a schema says of one field: its own part, and whether it must be there. */
export interface Part {
  readonly schema: Schema
  readonly required: boolean
}

/**
 * The part of a contract's schema that a path such as `specification.run` or `principals.0.email` leads to. References
 * are followed, and of something that may be null what it is otherwise. Throws where the schema has no such field.
 */
export function partAt(root: Schema, path: string): Part {
  let part: Part = { schema: plain(root, root), required: true }
  for (const name of path.split('.')) {
    const found = /^\d+$/.test(name) ? part.schema.items : part.schema.properties?.[name]
    if (typeof found !== 'object' || Array.isArray(found)) {
      throw new Error(`the schema has no field ${path}`)
    }
    part = { schema: plain(root, found), required: part.schema.required?.includes(name) ?? false }
  }
  return part
}

const DEFINITION = /^#\/\$defs\/(.+)$/

function plain(root: Schema, schema: Schema): Schema {
  const { $ref, anyOf, ...rest } = schema
  const definition = $ref === undefined ? undefined : DEFINITION.exec($ref)?.[1]
  if (definition !== undefined) {
    const definitions = root.$defs as Record<string, Schema>
    const found = definitions[definition]
    return found === undefined ? rest : { ...plain(root, found), ...rest }
  }
  const something = anyOf?.filter((one) => one.type !== 'null')
  return something?.length === 1 && something[0] !== undefined ? { ...plain(root, something[0]), ...rest } : schema
}
