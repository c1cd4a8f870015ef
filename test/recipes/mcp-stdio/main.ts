/** An MCP server over stdio that counts its tool calls. Its stdout is the protocol: one JSON-RPC message per line, and nothing else. */
import { createInterface } from "node:readline";
import * as telemetry from "../../../generated/client/telemetry.js";

interface Request {
  readonly id?: number | string;
  readonly method: string;
  readonly params?: {
    readonly name?: string;
    readonly clientInfo?: { readonly name: string; readonly version: string };
  };
}

const tools: Readonly<Record<string, () => string>> = { codegraph_explore: () => "three functions call it" };

telemetry.setup({ version: "0.9.12" });
telemetry.flushEvery();

let agent: { name: string; version: string } | undefined;

/** The answer to one request; undefined for a notification. */
function answer({ method, params }: Request): object | undefined {
  switch (method) {
    case "initialize":
      agent = params?.clientInfo;
      return {
        result: {
          protocolVersion: "2025-06-18",
          capabilities: { tools: {} },
          serverInfo: { name: "codegraph", version: "0.9.12" },
        },
      };
    case "tools/list":
      return { result: { tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: "object" } })) } };
    case "tools/call":
      return { result: call(params?.name ?? "") };
    default:
      return method.startsWith("notifications/")
        ? undefined
        : { error: { code: -32601, message: `no method ${method}` } };
  }
}

/** Counted where the call ends: in memory, without a file or a connection. */
function call(name: string): object {
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (tool === undefined) return { isError: true, content: [{ type: "text", text: `no tool ${name}` }] };
  const content = [{ type: "text", text: tool() }];
  telemetry.count("mcp_tool", name, true, agent);
  return { content };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  const answered = answer(request);
  if (answered !== undefined)
    process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id: request.id, ...answered })}\n`);
}
