import { type CodeInfo, warning } from "../code-info.js";

/** Warnings for places where a reader would expect more. Each can be silenced in the spec, with a reason, under `silence`. */
export const WARNING_CODES = {
  "do-not-track-ignored": warning(
    "an opt-out contract that doesn't honour DO_NOT_TRACK",
    "People who set it have said no to all tools that are on by default.",
    'Begin consent.order with { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }.',
  ),
  "client-ip-not-stated": warning(
    "the contract doesn't say what happens to the IP address",
    "Every request has one, whatever its payload contains.",
    "Find out, and set destination.client_ip, for example `client_ip: discarded`.",
  ),
  "retention-not-stated": warning(
    "how long reports are kept is not stated",
    "Data that is kept for ever is eventually leaked.",
    "Add destination.retention, for example `retention: { raw: 90d }`.",
  ),
  "deletion-not-stated": warning(
    "how reports are deleted is not stated",
    "People may ask for it, and you must know how.",
    "Add destination.deletion, for example: Write to privacy@example.com.",
  ),
  "anonymous-claim": warning(
    "a claim of anonymity next to an identifier that isn't anonymous",
    "A hash of something, or an ID that a platform gave, can be linked to what it was made from.",
    "Write pseudonymous instead of anonymous, or say what the data reveals and what it doesn't.",
  ),
  "identifier-unjustified": warning(
    "an identifier that can be traced back to somebody, without a reason",
    "An identifier derived from hardware, a name, an account or an address survives every reset, and links what should stay separate. It is allowed, with a reason.",
    "Write justification under the identifier, or make it random.",
  ),
  "looks-like-identifier": warning(
    "a field that looks like an undeclared identifier",
    "The name of a host, an account or a repository, an address, a UUID, a hash or a long random key identifies a person or machine, whatever the contract calls it. Readers believe a page that says there are no identifiers.",
    "Declare it under identifiers, or send a closed list or a range instead. If it doesn't identify anybody, silence the warning and say why.",
  ),
  "policy-claim": warning(
    "a claim to follow a policy that requires asking first",
    "The LF Telemetry Data Policy expects consent first. A contract that is on by default needs to explain why it claims that policy.",
    "Explain how the two fit together, or use model: opt-in.",
  ),
  "placeholder-without-dollar": warning(
    "a constant that looks like a placeholder",
    "Without its dollar sign it is plain text, so every request would contain the word itself.",
    "Write it with the dollar sign: event: $event. If you mean the plain text, silence the warning and say why.",
  ),
  "state-file-mode": warning(
    "a state file with a mode other than 0600",
    "The client always uses 0600, so that only the owner can read the file. The page says so, too.",
    'Write mode: "0600", or leave it out.',
  ),
  "large-event": warning(
    "an event that can be larger than a request",
    "The receiver refuses what is over ingest.limits.body: such an event would be lost, and its sender is not told.",
    "Lower max_items or max_length, or raise ingest.limits.body.",
  ),
  "expires-soon": warning(
    "something that expires soon, or has expired",
    "Shipped clients stop sending it on that day. Anybody who still needs it finds out too late.",
    "Remove it, or set a later date in `expires` and say why in `history`.",
  ),
  "silence-ended": warning(
    "an exception that has expired",
    "An exception without an end date becomes the rule.",
    "Fix what it warns about, or give it a new date and a reason that still holds.",
  ),
  "silence-stale": warning(
    "a silenced warning that doesn't occur",
    "An unused exception would hide the next warning.",
    "Remove the entry from silence.",
  ),
} as const satisfies Record<string, CodeInfo>;
