import * as contract from '@parley/contract';
import { z } from 'zod';
import { SHAPE } from './schema-shape.js';
import type { JsonSchema } from './schema-shape.js';

const COMPONENT = '#/components/schemas/';
const REFERENCE = /#\/components\/schemas\/(\w+)/g;

/** The schemas of what comes back, each under a name: that of the contract, or one that is given. */
export class AnswerSchemas {
  readonly #registry = z.registry<{ id: string }>();
  readonly #used = new Set<string>();

  constructor() {
    for (const [id, value] of Object.entries(contract)) {
      if (value instanceof z.core.$ZodObject) this.#registry.add(value, { id });
    }
  }

  /** A reference to a schema. */
  refer(schema: z.core.$ZodType, name: string): JsonSchema {
    if (!this.#registry.has(schema)) this.#registry.add(schema, { id: name });
    const id = this.#registry.get(schema)?.id ?? name;
    this.#used.add(id);
    return { $ref: COMPONENT + id };
  }

  /** All that were referred to, and what these refer to. */
  components(): Record<string, JsonSchema> {
    const uri = (id: string) => COMPONENT + id;
    const { schemas } = z.toJSONSchema(this.#registry, { io: 'output', uri, ...SHAPE });
    const components: Record<string, JsonSchema> = {};
    // Grows while it is gone through.
    for (const id of this.#used) {
      const schema: JsonSchema = { ...schemas[id] };
      delete schema.$schema;
      delete schema.$id;
      components[id] = schema;
      for (const [, other] of JSON.stringify(schema).matchAll(REFERENCE)) {
        if (other !== undefined) this.#used.add(other);
      }
    }
    return components;
  }
}
