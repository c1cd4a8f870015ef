// A receiver as people write it: Fastify judges by a JSON schema, pg writes rows. It answers when they are stored.
import Fastify from "fastify";
import pg from "pg";

const { DATABASE_URL, PG_CA } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, ssl: { ca: PG_CA } });
const text = { type: "string", maxLength: 64 };
const event = {
  type: "object",
  required: ["event", "ts", "props"],
  properties: {
    event: { enum: ["usage_rollup", "index", "install", "uninstall"] },
    ts: { type: "string", format: "date-time" },
    props: {
      type: "object",
      additionalProperties: false,
      required: ["kind", "name", "count", "error_count"],
      properties: {
        kind: { enum: ["mcp_tool", "cli_command"] },
        name: text,
        count: { type: "integer", minimum: 0, maximum: 1_000_000 },
        error_count: { type: "integer", minimum: 0, maximum: 1_000_000 },
      },
    },
  },
};
const body = {
  type: "object",
  required: ["machine_id", "codegraph_version", "os", "arch", "node_major", "ci", "schema_version", "events"],
  properties: {
    machine_id: { type: "string", format: "uuid" },
    codegraph_version: text,
    os: { enum: ["darwin", "linux", "win32"] },
    arch: text,
    node_major: { type: "integer", minimum: 1, maximum: 99 },
    ci: { type: "boolean" },
    schema_version: { const: 1 },
    events: { type: "array", maxItems: 100, items: event },
  },
};

const app = Fastify({ bodyLimit: 65_536 });
app.post("/v1/events", { schema: { body } }, async (request, reply) => {
  const { events, ...common } = request.body;
  const rows = events.map(({ event: name, ts, props }) => [name, ts, JSON.stringify({ ...common, ...props })]);
  const places = rows.map((_, at) => `($${3 * at + 1}, $${3 * at + 2}, $${3 * at + 3})`);
  await pool.query(`INSERT INTO by_hand (event, time, fields) VALUES ${places.join(", ")}`, rows.flat());
  return reply.code(204).send();
});
const address = await app.listen({ host: "127.0.0.1", port: 0 });
console.log(`listens on ${address}`);
