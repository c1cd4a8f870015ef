import * as telemetry from "./generated/client/telemetry.js";

const notes = ["buy milk", "call Ann", "buy stamps"];

/** The commands of the tools. Nothing here knows of telemetry. */
export const tools = {
  search: ({ words }) => notes.filter((note) => note.includes(words)).join("\n"),
  count: () => String(notes.length),
};

/** One call of a tool, counted when it ends: by the tool's name, whether it worked, the agent and a rough duration. */
export async function call(tool, given, agent = "other") {
  const began = performance.now();
  const report = (ok) => telemetry.toolCalled({ tool, ok, agent, durationSeconds: (performance.now() - began) / 1000 });
  try {
    const text = await tools[tool](given);
    report(true);
    return { content: [{ type: "text", text }] };
  } catch (error) {
    report(false);
    throw error;
  }
}
