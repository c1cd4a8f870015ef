import type { Span } from "../../diagnostics/diagnostic.js";
import type { Match, Model } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf, type Tree, textOf } from "../tree.js";
import { lookalikesIn } from "./lookalikes.js";
import { allFields, type Judged } from "./rule.js";

/** People who set DO_NOT_TRACK have said no to everything that is on by default. */
export function doNotTrack({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent") || model.consent.model !== "opt-out" || model.consent.none !== undefined) return;
  const { order } = model.consent;
  const honoured = order.findIndex(
    ({ place, disableWhen }) =>
      place.kind === "env" && place.env === "DO_NOT_TRACK" && disableWhen !== undefined && holdsForOne(disableWhen),
  );
  const before = order.slice(0, Math.max(honoured, 0)).find(({ enableWhen }) => enableWhen !== undefined);
  if (honoured >= 0 && before === undefined) return;
  report.add(
    "do-not-track-ignored",
    at(root, "consent", "model") ?? root,
    honoured < 0
      ? "Telemetry is on by default, and DO_NOT_TRACK=1 doesn't turn it off."
      : "Telemetry is on by default, and a step before DO_NOT_TRACK can still turn it on.",
    {
      hint: 'Begin consent.order with { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }.',
    },
  );
}

function holdsForOne(match: Match): boolean {
  if (match.kind === "exactly") return match.values.includes("1");
  return match.kind === "any-except" ? !match.values.includes("1") : match.kind !== "falsy";
}

/** A reader wants to know what becomes of their address, how long a report is kept and how it is deleted. */
export function notStated({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("destination", "identifiers")) return;
  const { clientIp, retention, deletion } = model.destination;
  const key = root.entries.get("destination")?.key ?? root;
  if (clientIp === "not-stated") {
    report.add(
      "client-ip-not-stated",
      at(root, "destination", "client_ip") ?? key,
      "The contract doesn't say what happens to the sender's IP address.",
      { hint: "Find out, and write client_ip: discarded, or what really happens to it." },
    );
  }
  if (retention === undefined) {
    report.add("retention-not-stated", key, "How long reports are kept is not stated.", {
      hint: "Add retention: { raw: 365d } to destination.",
    });
  }
  if (deletion === undefined) {
    report.add("deletion-not-stated", key, "The contract doesn't say how people can have their reports deleted.", {
      hint: "Add to destination, for example: deletion: Write to privacy@example.com.",
    });
  }
}

/** The client makes no file that anybody but its owner can read, and none that its owner can't write again. */
export function stateFileMode({ root, whole }: Judged, report: DiagnosticSink): void {
  const mode = at(root, "consent", "state_file", "mode");
  if (mode === undefined || textOf(mode) === "0600" || !whole("consent")) return;
  report.add("state-file-mode", mode, `The client keeps the state file as 0600, not as ${textOf(mode)}.`, {
    hint: 'Write "0600", or leave it out.',
  });
}

/** A hash of something, an ID that a platform gave, or a host's name still tells one from another, for as long as that lives. */
export function anonymousClaim({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers")) return;
  const telling = tellingIn(model);
  if (telling === undefined) return;
  for (const prose of proseOf(root)) {
    if (!claimsAnonymity(textOf(prose) ?? "")) continue;
    report.add("anonymous-claim", prose, `This says "anonymous", and "${telling.name}" ${telling.is}.`, {
      hint: 'Say what it is: "pseudonymous", or what can and can\'t be told from it.',
      related: [{ message: telling.declared ? "The identifier is declared here." : "It is here.", place: telling.at }],
    });
  }
}

/** Checks that whatever can be traced back to a person, a name or a piece of hardware has a reason, which people can read. */
export function unjustified({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers")) return;
  for (const { name, identifies, derivedFrom = [], justification, at: place } of model.identifiers) {
    if (justification !== undefined || (derivedFrom.length === 0 && identifies !== "account")) continue;
    const of = derivedFrom.length === 0 ? "names an account" : `is derived from ${derivedFrom.join(" and ")}`;
    report.add("identifier-unjustified", place, `"${name}" ${of}, and nothing says why that is necessary.`, {
      hint: "Add a justification: why nothing else will do. TELEMETRY.md prints it on its first screen.",
    });
  }
}

function tellingIn(model: Model): { name: string; is: string; at: Span; declared: boolean } | undefined {
  const identifier = model.identifiers.find(({ madeFrom }) => madeFrom !== "random");
  if (identifier !== undefined) {
    const is = { hash: "is a hash", given: "is given by the program", random: "" }[identifier.madeFrom];
    return { name: identifier.name, is, at: identifier.at, declared: true };
  }
  const hash = allFields(model)
    .flatMap(withInner)
    .find(({ type }) => type.input?.kind === "hashed");
  if (hash !== undefined) return { name: hash.wireName, is: "is a hash", at: hash.at, declared: false };
  const [found] = lookalikesIn(allFields(model));
  if (found === undefined) return undefined;
  const is = found.why === "is called so" ? "looks like an identifier" : found.why;
  return { name: found.field.wireName, is, at: found.field.at, declared: false };
}

/** "Rather than anonymous" claims nothing, and "the log is anonymised" speaks of something else than what is reported. */
function claimsAnonymity(text: string): boolean {
  const said = text.replaceAll(DENIED, "");
  return /\banonym(?!i[sz])/i.test(said) || ANONYMISED.test(said);
}

const DENIED =
  /(?:\b(?:not|never|nor|no longer|rather than|instead of|less than|hardly|pseudo)|n't)[\s-]+(?:\w+\s+){0,2}anonym\w*/gi;
const REPORTED = "(?:data|reports?|telemetry|usage|statistics|stats|metrics|information|events?)";
const ANONYMISED = new RegExp(
  `\\b${REPORTED}\\b[^.;]*\\banonymi[sz]ed|\\banonymi[sz]ed\\s+(?:\\w+\\s+){0,2}${REPORTED}\\b`,
  "i",
);

/** Every text that is shown to people, wherever it stands. */
function proseOf(root: Tree): readonly Tree[] {
  const machine = new Set(["wire", "silence"]);
  const keys = new Set([
    "title",
    "summary",
    "why",
    "never_collected",
    "policy",
    "contact",
    "question",
    "text",
    "stored_in",
    "access",
    "deletion",
    "aggregates",
    "when",
    "note",
    "means",
    "justification",
    "deleting_it",
    "reset_by",
    "deletion_by",
    "dashboards",
    "open_questions",
    "change",
    "backend_settings",
    "line",
    "operated_by",
  ]);
  const walk = (tree: Tree, inProse: boolean): readonly Tree[] => {
    if (tree.kind === "scalar") return inProse ? [tree] : [];
    if (tree.kind === "list") return tree.items.flatMap((item) => walk(item, inProse));
    return entriesOf(tree).flatMap(([key, { value }]) =>
      machine.has(key)
        ? []
        : walk(value, value.kind === "map" ? false : keys.has(key) || (inProse && value.kind === "scalar")),
    );
  };
  return walk(root, false);
}

function claimsPolicy(text: string): boolean {
  return /\b(?:LF|Linux Foundation)\b/i.test(text) && /\btelemetry\b/i.test(text);
}

/** That policy requires asking first, so a contract that is on by default and claims it must explain that. */
export function policyClaim({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent") || model.consent.model !== "opt-out") return;
  const policy = at(root, "policy");
  const claims = [policy, at(root, "summary"), ...itemsOf(at(root, "why")), ...itemsOf(at(root, "never_collected"))];
  for (const claim of claims) {
    if (claim === undefined || !claimsPolicy(textOf(claim) ?? "")) continue;
    report.add(
      "policy-claim",
      claim,
      "This claims to follow the LF Telemetry Data Policy, and reporting is on by default.",
      {
        hint: "Explain how the two fit together, or ask first: consent.model opt-in.",
      },
    );
  }
}
