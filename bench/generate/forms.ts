/** The events of `contract.ts` in the languages that peers read: the same names, fields, closed sets and words, and nothing else. */
type Schema = Readonly<Record<string, unknown>>;

const several = <T>(events: number, one: (index: number) => T): T[] =>
  Array.from({ length: events }, (_, index) => one(index));

function schemaOf(index: number): Schema {
  const properties = {
    mode: { description: `How thing ${index} was done.`, enum: [`fast-${index}`, "careful", "other"] },
    worked: { description: "Whether it worked.", type: "boolean" },
    attempts: { description: "How many attempts it took.", type: "integer", minimum: 0, maximum: 100 + index },
    duration: { description: "Roughly how long it took.", enum: ["<1s", `1-${index + 2}s`, "longer"] },
    area: {
      description: "Which part of the program did it.",
      type: "string",
      pattern: "^[a-z_]+$",
      maxLength: 20 + (index % 40),
    },
  };
  return {
    description: `Whenever thing ${index} is done. To see whether anybody does thing ${index}.`,
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** One property for each event. */
export function jsonSchema(events: number): string {
  const properties = Object.fromEntries(several(events, (index) => [`event_${index}`, schemaOf(index)]));
  return JSON.stringify({ title: "Events", type: "object", properties, additionalProperties: false });
}

/** One named schema for each event. */
export function openApi(events: number): string {
  const schemas = Object.fromEntries(several(events, (index) => [`event_${index}`, schemaOf(index)]));
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Events", version: "1" },
    paths: {},
    components: { schemas },
  });
}

/** One message for each event, twenty to a file as people lay them out: file → text. `more` is a field that the first one has besides. */
export function protos(events: number, more = ""): Readonly<Record<string, string>> {
  const head = 'syntax = "proto3";\npackage events.v1;\n';
  const messages = several(events, (index) => message(index, index === 0 ? more : ""));
  return Object.fromEntries(
    several(Math.ceil(events / 20), (file) => [
      `events/v1/events_${file}.proto`,
      head + messages.slice(file * 20, file * 20 + 20).join(""),
    ]),
  );
}

function message(index: number, more: string): string {
  const values = (names: readonly string[]) => names.map((name, at) => `    ${name} = ${at};\n`).join("");
  return `
// Whenever thing ${index} is done. To see whether anybody does thing ${index}.
message Event${index} {
  enum Mode {
${values(["MODE_UNSPECIFIED", `MODE_FAST_${index}`, "MODE_CAREFUL", "MODE_OTHER"])}  }
  enum Duration {
${values(["DURATION_UNSPECIFIED", "DURATION_SHORT", `DURATION_UP_TO_${index + 2}S`, "DURATION_LONGER"])}  }
  // How thing ${index} was done.
  Mode mode = 1;
  // Whether it worked.
  bool worked = 2;
  // How many attempts it took.
  uint32 attempts = 3;
  // Roughly how long it took.
  Duration duration = 4;
  // Which part of the program did it.
  string area = 5;
${more}}
`;
}
