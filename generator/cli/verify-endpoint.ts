import type { Probe, Tried } from "../dev/probes.js";
import type { Model } from "../model/model.js";
import type { Context } from "./context.js";
import { request } from "./request.js";

interface Probed {
  readonly same: boolean;
  readonly said: readonly string[];
}

/** The most answers that are named when they differ. */
const named = 5;

/**
 * Has an endpoint judge examples, foreign keys and foreign values, and compares each answer with what the contract's own worker
 * answers. They are marked, and a worker of ours stores none of them; one that doesn't say that it knows the mark is sent none.
 */
export async function sendProbes(
  context: Context,
  model: Model | undefined,
  root: URL,
  answer: unknown,
  patience: number,
): Promise<Probed> {
  if (model === undefined || (answer as { probes?: unknown }).probes !== "plainsight-probe")
    return { same: true, said: ["It takes no probes: what it does with what it gets is only stated."] };
  const { probesOf } = await context.generate();
  const proved = new Map<Tried, number>();
  const different: string[] = [];
  for (const probe of await probesOf(model, context.templates, context.load)) {
    const got = await request(new URL(root.origin + probe.target), probe, patience);
    if ("status" in got && got.status === probe.expected.status && got.text === probe.expected.body)
      proved.set(probe.tries, (proved.get(probe.tries) ?? 0) + 1);
    else different.push(difference(probe, got));
  }
  const said = [...proved].map(([tried, times]) => `- it ${tried} (${times} ${times === 1 ? "probe" : "probes"})`);
  if (different.length === 0)
    return { same: true, said: ["Proved, by marked requests that it judges and doesn't store:", ...said] };
  const rest = different.length > named ? [`And ${different.length - named} more.`] : [];
  return { same: false, said: ["It does something else than it shows:", ...different.slice(0, named), ...rest] };
}

function difference(
  { tries, method, expected }: Probe,
  got: { readonly status: number; readonly text: string } | { readonly problem: string },
): string {
  const answer = "problem" in got ? got.problem : `${got.status} ${got.text.slice(0, 300).trim()}`;
  return `- not: it ${tries}. A ${method} was to be answered ${expected.status} ${expected.body.slice(0, 300).trim()}, and was: ${answer}`;
}

/** Returns what nobody outside can see. */
export function stated({ destination, ingest }: Model, answer: unknown): readonly string[] {
  const { commit, digest } = (answer as { source?: { commit?: unknown; digest?: unknown } }).source ?? {};
  const sink = ingest.forwardTo === undefined ? "a database of its own" : ingest.forwardTo.sink;
  const built = [commit, digest].filter((part) => typeof part === "string");
  return [
    "Only stated, since nobody outside can check it:",
    `- that accepted events go to ${sink} and nowhere else`,
    `- that IP addresses are treated as stated (${destination.clientIp})`,
    ...(destination.retention?.raw === undefined ? [] : [`- that it is kept for ${destination.retention.raw}`]),
    "- that a request without a mark is treated as a probe is, and that no probe is stored",
    ...(built.length === 0 ? [] : [`- that it was built from ${built.join(", ")}`]),
  ];
}
