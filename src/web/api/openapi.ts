import { z } from 'zod';
import type { Reason } from '../../domain/refusal.ts';
import { anyone } from '../access.ts';
import { statusOf } from '../errors.ts';
import { API } from './mount.ts';
import { nothing, Resource, resource, type Call } from './resource.ts';
import { answers } from './schemas/named.ts';
import { problem } from './schemas/problem.ts';

type Json = { readonly [name: string]: unknown };

const schemaAt = (id: string) => `#/components/schemas/${id}`;

/** Named schemas once, without the marks of a document of their own. */
function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(answers, { uri: schemaAt });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { $schema: _, $id: __, ...rest } = schema;
      return [id, rest];
    }),
  );
}

/** What a caller may send, before it is read into our own values. */
function inputOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

function refTo(schema: z.ZodType): Json {
  return { $ref: schemaAt(answers.get(schema)?.id ?? '') };
}

const content = (type: string, schema: Json): Json => ({ content: { [type]: { schema } } });

/** Everything for which a call may be refused, by status; 413, 500 and 503 are the same for all. */
function reasonsOf({ kind, access, path, description }: Call): Map<number, Set<Reason>> {
  const reasons = new Set<Reason>(description.reasons);
  reasons.add('invalid');
  if (access !== anyone) reasons.add('unauthenticated').add('forbidden');
  if (path.includes(':')) reasons.add('missing');
  if (kind === 'write') reasons.add('key_reused');
  if (description.ifMatch) reasons.add('stale');
  const byStatus = new Map<number, Set<Reason>>();
  for (const reason of reasons) {
    const status = statusOf(reason);
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(reason));
  }
  return byStatus;
}

function refusalsOf(call: Call): Json {
  const refusals: [string, Json][] = [];
  for (const [status, reasons] of reasonsOf(call)) {
    const schema = {
      allOf: [refTo(problem), { properties: { status: { const: status }, reason: { enum: [...reasons] } } }],
    };
    refusals.push([
      String(status),
      { description: [...reasons].join(', '), ...content('application/problem+json', schema) },
    ]);
  }
  const failed = { allOf: [refTo(problem), { properties: { reason: { const: 'failed' } } }] };
  refusals.push([
    '5XX',
    { description: 'Our fault: try again later.', ...content('application/problem+json', failed) },
  ]);
  if (call.kind !== 'read') {
    const tooLarge = { allOf: [refTo(problem), { properties: { reason: { const: 'invalid' } } }] };
    refusals.push([
      '413',
      { description: 'The body is too large.', ...content('application/problem+json', tooLarge) },
    ]);
  }
  return Object.fromEntries(refusals);
}

function parametersOf({ kind, path, description }: Call): Json[] {
  const header = (name: string, text: string): Json => ({
    name,
    in: 'header',
    description: text,
    schema: { type: 'string' },
  });
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const { properties = {}, required = [] } = inputOf(description.query ?? nothing) as {
    properties?: Json;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const headers: Json[] = [];
  if (kind === 'read') headers.push(header('If-None-Match', 'ETag of an answer that the client has.'));
  if (kind === 'write')
    headers.push(
      header('Idempotency-Key', 'The same key and body gives the first answer again for 24 hours.'),
    );
  if (description.ifMatch) headers.push(header('If-Match', 'ETag of the record as the client saw it.'));
  return [...inPath, ...inQuery, ...headers];
}

function operationOf(call: Call): Json {
  const { kind, access, description } = call;
  const success = kind === 'read' ? '200' : '201';
  const headers = kind === 'read' && { headers: { ETag: { schema: { type: 'string' } } } };
  return {
    summary: description.summary,
    'x-access': access.name,
    ...(access === anyone && { security: [] }),
    parameters: parametersOf(call),
    ...(kind !== 'read' && {
      requestBody: {
        required: description.body !== undefined,
        ...content('application/json', inputOf(description.body ?? nothing)),
      },
    }),
    responses: {
      [success]: {
        description: kind === 'read' ? 'Found' : 'Done',
        ...headers,
        ...content('application/json', refTo(description.answer)),
      },
      ...(kind === 'read' && { '304': { description: 'As the client has it.' } }),
      ...refusalsOf(call),
    },
  };
}

function documentOf(resources: readonly Resource[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const call of resources.flatMap((each) => each.calls)) {
    const path = call.path.slice(API.length).replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[call.method] = operationOf(call);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kundiz',
      version: '1',
      description: 'Places by day in semi-stationary day-care centres. See docs/api.md.',
    },
    servers: [{ url: API }],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(),
    },
    paths,
  };
}

/** The document that describes these resources and itself; anyone may read it. */
export function openApiOf(resources: readonly Resource[]): Resource {
  const self = resource('/openapi.json');
  let document: Json | undefined;
  const description = { summary: 'This document', answer: anyDocument };
  return self.read('', anyone, description, async () => (document ??= documentOf([...resources, self])));
}

const anyDocument = z.record(z.string(), z.unknown());
answers.add(anyDocument, { id: 'OpenApi' });
