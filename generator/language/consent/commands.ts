import type { Consent } from "../../model/model.js";

/**
 * The words that a product's own telemetry command begins with, from those that the contract names: `docglow telemetry status` and
 * `docglow telemetry off` → `docglow telemetry`; `brew analytics` and `brew analytics off` → `brew analytics`. Only below it are
 * there `show` and `reset`. Undefined where the commands have nothing in common, or only the program: then nobody knows where.
 */
export function telemetryCommand(consent: Pick<Consent, "commands" | "order" | "parts">): string | undefined {
  const { commands, order, parts = [] } = consent;
  if (![...order, ...parts.flatMap((part) => part.order)].some(({ place }) => place.kind === "stored"))
    return undefined;
  const status = commands.status?.run.trim().split(/\s+/);
  const others = [commands.enable, commands.disable].flatMap((one) =>
    one === undefined ? [] : [one.run.trim().split(/\s+/)],
  );
  const runs = status === undefined ? others : [status, ...others];
  if (runs.length === 0) return undefined;
  const bare =
    status !== undefined &&
    (others.length > 0
      ? others.every((one) => isBelow(one, status))
      : !/^(?:status|info|state)$/.test(status.at(-1) ?? ""));
  const heads = bare ? [status.join(" ")] : runs.map((one) => one.slice(0, -1).join(" "));
  const [head = ""] = heads;
  return heads.every((one) => one === head) && head.includes(" ") ? head : undefined;
}

function isBelow(run: readonly string[], head: readonly string[]): boolean {
  return run.length > head.length && head.every((word, index) => run[index] === word);
}
