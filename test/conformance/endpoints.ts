import { endpoint } from "../client/endpoint.js";
import { contractOf } from "./systems.js";

type Answer = number | "never" | "refused";

/** Returns the answer that a case's words mean. Undefined: they are not known. */
export function answerOf(words: string): Answer | undefined {
  const [, status] = /^answers (\d{3})\b/.exec(words) ?? [];
  if (status !== undefined) return Number(status);
  if (/\brefuse[sd]?\b|\bis down\b|\boffline\b/.test(words)) return "refused";
  return /\bnever answers\b|\bhangs\b|\btimes out\b/.test(words) ? "never" : undefined;
}

/** A real endpoint on this machine that does so. */
export async function withEndpoint(answer: Answer, run: (url: string) => Promise<void>): Promise<void> {
  const receiver = await endpoint(answer === "refused" ? "never" : answer);
  if (answer === "refused") await receiver.close();
  try {
    await run(receiver.url);
  } finally {
    if (answer !== "refused") await receiver.close();
  }
}

/** Every variable that can say yes says it. */
export function consenting(system: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    contractOf(system).consent.order.flatMap(({ place, enableWhen }) =>
      place.kind === "env" && enableWhen ? [[place.env, "1"]] : [],
    ),
  );
}
