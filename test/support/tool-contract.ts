/** The required keys of a contract, for tests about something else. */
const USUAL: Readonly<Record<string, string>> = {
  telemetry_spec: "1",
  product: "tool",
  title: "Telemetry",
  summary: "What this tool reports.",
  schema_version: "1",
  why: "[Which commands are used.]",
  never_collected: "[Names of files.]",
  identifiers: "none",
  destination: `
  url: https://telemetry.tool.example/v1
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to privacy@tool.example.`,
  history: "[{ version: 1, change: First version. }]",
};

/** A small contract of a product called `tool`: the keys that a test is about, and the usual ones for the rest. */
export function toolContract(own: string): string {
  const rest = Object.entries(USUAL).filter(([key]) => !new RegExp(`^${key}:`, "m").test(own));
  return `${rest.map(([key, value]) => `${key}:${value.startsWith("\n") ? "" : " "}${value}\n`).join("")}${own.trim()}\n`;
}
