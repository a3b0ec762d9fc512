import { problem } from '@parley/contract';
import { z } from 'zod';
import type { ApiOperation } from './api-operation.js';
import { AnswerSchemas } from './answer-schemas.js';
import { SHAPE } from './schema-shape.js';
import type { JsonSchema } from './schema-shape.js';

/** OpenAPI 3.1, as far as it is written here. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, object>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: object };
}

/** Operations of one part of the API. */
export interface ApiPart {
  name: string;
  operations: readonly ApiOperation[];
}

const DESCRIPTION = `What one may not see does not exist: it is answered 404. Errors are problems (RFC 9457) with a code, and where there is one a field
and a remedy. What is listed in pages has \`limit\` and \`cursor\`, which is what \`next\` of the page before said. What happens meanwhile
is told over the WebSocket \`/api/v1/events\`.`;

const PARAMETER = /:(\w+)/g;
const SESSION = 'session';

/** The description of an API, from the schemas that judge its requests and shape its answers. */
export function openApiDocument(parts: readonly ApiPart[], version: string): OpenApiDocument {
  const answers = new AnswerSchemas();
  const paths: OpenApiDocument['paths'] = {};
  for (const { name, operations } of parts) {
    for (const operation of operations) {
      const path = operation.path.replaceAll(PARAMETER, '{$1}');
      const method = operation.method.toLowerCase();
      (paths[path] ??= {})[method] = describe(operation, name, answers);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Parley', version, description: DESCRIPTION.replaceAll('\n', ' ') },
    tags: parts.map(({ name }) => ({ name })),
    paths,
    components: {
      schemas: answers.components(),
      securitySchemes: {
        [SESSION]: {
          ...{ type: 'apiKey', in: 'cookie', name: 'parley_session' },
          description: 'Given by whatever signs in. Over https it is called __Host-parley_session.',
        },
      },
    },
  };
}

function describe(
  { method, path, summary, input, output, status, by, content = {} }: ApiOperation,
  tag: string,
  answers: AnswerSchemas,
): object {
  const id = operationId(method, path);
  const { inPath, others } = splitInput(path, input);
  const required = (name: string) => others.required?.includes(name) ?? false;
  const query = method === 'GET' ? Object.entries(others.properties ?? {}) : [];
  const hasBody = method !== 'GET' && Object.keys(others.properties ?? {}).length > 0;
  const parameters = [
    ...inPath.map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...query.map(([name, schema]) => ({ name, in: 'query', required: required(name), schema })),
  ];
  return {
    ...{ tags: [tag], summary, operationId: id },
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && { requestBody: { required: true, content: { 'application/json': { schema: others } } } }),
    ...(content.request !== undefined && {
      requestBody: { required: true, content: { [content.request]: { schema: {} } } },
    }),
    responses: {
      [status]:
        status === 204
          ? { description: 'Done.' }
          : {
              description: status === 201 ? 'Made.' : 'Found.',
              content:
                content.answer === undefined
                  ? { 'application/json': { schema: answers.refer(output, `${id}Answer`) } }
                  : { [content.answer]: { schema: {} } },
            },
      default: {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: answers.refer(problem, 'problem') } },
      },
    },
    security: by === 'account' ? [{ [SESSION]: [] }] : [],
  };
}

/** What stands in the path, and what is asked otherwise. */
function splitInput(
  path: string,
  input: z.core.$ZodType,
): { inPath: [string, JsonSchema | boolean][]; others: JsonSchema } {
  const { type, properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', ...SHAPE });
  const names = new Set(Array.from(path.matchAll(PARAMETER), ([, name]) => name));
  const isInPath = (name: string) => names.has(name);
  const rest = required.filter((name) => !isInPath(name));
  return {
    inPath: Object.entries(properties).filter(([name]) => isInPath(name)),
    others: {
      ...(type !== undefined && { type }),
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !isInPath(name))),
      ...(rest.length > 0 && { required: rest }),
    },
  };
}

/** Such as `getChannelMessages` of `GET /api/v1/channels/:channel_id/messages`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1/', '')
    .replaceAll(PARAMETER, 'by-$1')
    .split(/[/_-]+/);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
