import { z } from "zod";
import { Problem } from "./problem.ts";
import type { RestRoute } from "./rest-route.ts";

/** The OpenAPI 3.1 document of these routes, written from their zod schemas. */
export function openApiText(routes: readonly RestRoute[]): string {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return JSON.stringify(
    {
      openapi: "3.1.0",
      info: {
        title: "Evenhand",
        version: "1",
        description:
          "Same tier, same terms: a price depends on tier, channel, time and cart, never on who asks. Money is in whole fen; instants are ISO 8601.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/api/v1" }],
      security: [{ apiKey: [] }],
      paths,
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer", description: "A key made in the desk; it begins with evh_." },
        },
        schemas: { Problem: jsonSchema(Problem, "output") },
        responses: {
          Problem: {
            description: "Refused: see `code`",
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        },
      },
    },
    null,
    2,
  );
}

function operationOf(route: RestRoute): unknown {
  return {
    summary: route.summary,
    description: `Scope: \`${route.scope}\``,
    operationId: `${route.method.toLowerCase()}${route.path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, "")}`,
    parameters: route.method === "GET" ? parametersOf(route) : [idempotencyKey],
    ...(route.method === "GET" ? {} : { requestBody: bodyOf(route) }),
    responses: {
      [route.status ?? 200]: {
        description: "Done",
        content: { "application/json": { schema: jsonSchema(route.output, "output") } },
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Makes the request safe to repeat for 24 hours: the first answer is given again.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

function parametersOf(route: RestRoute): unknown[] {
  const { properties = {}, required = [] } = jsonSchema(route.input, "input");
  const inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: inPath.has(name) ? "path" : "query",
    required: inPath.has(name) || required.includes(name),
    schema,
  }));
}

function bodyOf(route: RestRoute): unknown {
  const schema = jsonSchema(route.input, "input");
  if (!route.takesFile) return { required: true, content: { "application/json": { schema } } };
  const properties = { ...schema.properties, file: { type: "string", contentMediaType: "application/octet-stream" } };
  const form = { ...schema, properties, required: [...(schema.required ?? []), "file"] };
  return { required: true, content: { "multipart/form-data": { schema: form } } };
}

/** A zod schema as JSON Schema 2020-12; what zod alone can check (ids, dates) is a string in it. */
function jsonSchema(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema: shape }) => {
      if (zodSchema instanceof z.ZodDate) Object.assign(shape, { type: "string", format: "date-time" });
    },
  });
  return rest;
}
