import { readFileSync } from "node:fs";

const real = readFileSync(new URL("../../spec/events.yaml", import.meta.url), "utf8");

/** CodeGraph's contract with so many events instead of its own: five fields each, no two value lists alike. */
export function contractOf(events: number): string {
  const [head = "", rest = ""] = real.split(/^events:\n/m);
  // Its dashboards speak of its own events.
  const tail = rest.slice(rest.indexOf("# ─")).replace(/^dashboards:\n( .*\n|\n)+/m, "");
  return `${head.replace(/^types:\n( .*\n|\n)+/m, "")}events:\n${Array.from({ length: events }, (_, index) => event(index)).join("")}\n${tail}`;
}

function event(index: number): string {
  return `  event_${index}:
    when: Whenever thing ${index} is done.
    why: To see whether anybody does thing ${index}.
    fields:
      mode: { type: enum, values: [fast-${index}, careful, other], why: How thing ${index} was done. }
      worked: { type: bool, why: Whether it worked. }
      attempts: { type: int, max: ${100 + index}, example: 2, why: How many attempts it took. }
      duration:
        type: bucket
        unit: seconds
        below: { "<1s": 1, "1-${index + 2}s": ${index + 2}, "longer": unlimited }
        why: Roughly how long it took.
      area:
        type: string
        pattern: '^[a-z_]+$'
        max_length: ${20 + (index % 40)}
        example: parser
        why: Which part of the program did it.
`;
}
