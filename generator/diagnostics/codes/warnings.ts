import { type CodeInfo, warning } from "../code-info.js";

/** Warnings for places where a reader would expect more. Each can be silenced in the spec, with a reason, under `silence`. */
export const WARNING_CODES = {
  "do-not-track-ignored": warning(
    "an opt-out contract that doesn't honour DO_NOT_TRACK",
    "People who set it have said no to everything that is on by default, once and for all tools.",
    'Begin consent.order with { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }.',
  ),
  "client-ip-not-stated": warning(
    "what becomes of the IP address is not stated",
    "Every request carries one, whatever the payload holds.",
    "Find out, and write destination.client_ip.",
  ),
  "retention-not-stated": warning(
    "how long reports are kept is not stated",
    "Data that is kept for ever is eventually seen by somebody else.",
    "Add destination.retention.",
  ),
  "deletion-not-stated": warning(
    "how reports are deleted is not stated",
    "People may ask for it, and somebody has to know how.",
    "Add destination.deletion.",
  ),
  "anonymous-claim": warning(
    "a claim of anonymity next to an identifier that isn't anonymous",
    "A hash of something, or an ID that a platform gave, can be linked to what it was made from.",
    "Say pseudonymous, or say what can and can't be told from it.",
  ),
  "identifier-unjustified": warning(
    "an identifier that can be traced back to somebody, without a reason",
    "An identifier derived from hardware, a name, an account or an address outlives every reset, and links what should stay apart. It is allowed, with a reason.",
    "Write justification under the identifier, or make it random.",
  ),
  "looks-like-identifier": warning(
    "a field that looks like an identifier where none is declared",
    "A host's or an account's name, a UUID or a hash tells one person or machine from another, whatever the contract calls it; readers who are told that there are no identifiers believe it.",
    "Declare it under identifiers, or send a closed list or a range in its place. If it tells nobody apart, silence the warning and say why.",
  ),
  "policy-claim": warning(
    "a claim to follow a policy that asks first",
    "The LF Telemetry Data Policy expects consent; a contract that is on by default and claims it has something to explain.",
    "Say how the two go together, or ask first.",
  ),
  "placeholder-without-dollar": warning(
    "a constant that is spelt like a placeholder",
    "Without its dollar it is a text like any other, and every request has it in the place of what was meant.",
    "Put the dollar in front: event: $event. If the text is meant, silence the warning and say why.",
  ),
  "state-file-mode": warning(
    "a state file whose mode is not the client's",
    "The client always uses 0600, so that only the owner can read the file. The page says so, too.",
    'Write mode: "0600", or leave it out.',
  ),
  "expires-soon": warning(
    "something that expires soon, or has expired",
    "Shipped clients stop sending it on that day. Anybody who still needs it finds out too late.",
    "Remove it, or give it another day and say in history why.",
  ),
  "silence-ended": warning(
    "an exception that has expired",
    "An exception without an end becomes the rule, and nobody remembers why.",
    "Fix what it warns about, or give it a new date and a reason that still holds.",
  ),
  "silence-stale": warning(
    "a silenced warning that doesn't occur",
    "An exception that covers nothing would hide the next warning.",
    "Remove the entry from silence.",
  ),
} as const satisfies Record<string, CodeInfo>;
