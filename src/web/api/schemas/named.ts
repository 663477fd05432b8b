import { z } from 'zod';

/** What answers are made of, by their names in the OpenAPI document. */
export const answers = z.registry<{ id: string }>();

/** Names a schema, so that the document says it once and refers to it. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  answers.add(schema, { id });
  return schema;
}
