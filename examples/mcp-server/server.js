#!/usr/bin/env node
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";
import { telemetryCommand } from "./generated/client/command.js";
import { call } from "./tools.js";

// `notes-mcp telemetry status|on|off|show`: an MCP server has no terminal to ask on, so people turn it on here.
const [command, ...words] = process.argv.slice(2);
if (command === "telemetry") process.exit(await telemetryCommand(words));

const server = new McpServer({ name: "notes-mcp", version: "1.4.0" });
const agent = () => server.server.getClientVersion()?.name;

server.registerTool("search", { description: "Finds notes.", inputSchema: { words: z.string() } }, (given) =>
  call("search", given, agent()),
);
server.registerTool("count", { description: "Counts notes." }, () => call("count", {}, agent()));

// stdout is the protocol's; the client never writes to it.
await server.connect(new StdioServerTransport());
