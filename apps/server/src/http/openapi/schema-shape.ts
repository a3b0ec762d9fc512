import type { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** How schemas are written as JSON. */
export const SHAPE = {
  // What no JSON schema can say is judged all the same.
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: JsonSchema }) => {
    // The format says it.
    if (jsonSchema.format === 'uuid') delete jsonSchema.pattern;
    // A newer server may say more.
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
} as const satisfies z.core.ToJSONSchemaParams;
