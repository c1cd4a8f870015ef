import { CONSENT_MODEL_NAMES } from "../../language/consent/models.js";
import { ONLY_WHERE } from "../../language/consent/places/fact.js";
import { PLACES } from "../../language/consent/places/index.js";
import { STATE_FORMS } from "../../language/file-forms.js";
import { adoption, epochFrom } from "./adopts.js";
import { MODE, PART } from "./patterns.js";
import {
  choice,
  DESCRIBED,
  described,
  flag,
  listOf,
  mapOf,
  place,
  record,
  ref,
  type Schema,
  SINCE_EPOCH,
  text,
  texts,
} from "./schema.js";
import { SIDES } from "./sides.js";

const spelling: Readonly<Record<string, Schema>> = {
  any_case: { description: "Capital and small letters are the same.", const: true },
  trimmed: { description: "Spaces around the value don't count.", const: true },
  otherwise: choice("`disable`: a value that no side names is a no, too.", ["disable"]),
};

const steps: Schema = {
  anyOf: Object.values(PLACES).map(({ keys, required, sides: written, usual }) => {
    const sideKeys = Object.fromEntries(written.map((side) => [`${side}_when`, SIDES[side]]));
    // A flag's value is read as it stands.
    const where = { ...("fact" in keys ? {} : { only_where: ONLY_WHERE }), described: DESCRIBED };
    return record(
      { ...keys, ...sideKeys, ...(written.includes("enable") && !("flag" in keys) ? spelling : {}), ...where },
      required,
      {
        ...(usual === undefined ? { anyOf: [{ required: ["enable_when"] }, { required: ["disable_when"] }] } : {}),
      },
    );
  }),
};

const stores = described("Keys of the state file written with the answer.", ref("stores"));

const NEED: Schema = { enum: ["terminal", "not-ci", "stdin-not-redirected"] };

const ask = record(
  {
    where: text("`installer`, `first run`."),
    needs: {
      description: "Without these nobody is asked.",
      anyOf: [NEED, { type: "array", items: NEED, uniqueItems: true }],
    },
    question: text("The question, word for word."),
    preselected: choice("The answer that Enter gives.", ["accept", "decline"]),
    when_skipped: choice("If nobody could be asked. Undecided by default.", ["undecided", "decline"]),
    stores,
    only_where: ONLY_WHERE,
    ask_again: choice("Never by default.", ["never", "every-time"]),
    described: DESCRIBED,
  },
  ["where", "question", "preselected"],
);

const notice = record(
  {
    text: text("What is shown, word for word."),
    when: choice("When it is shown.", ["before-first-send", "first-run"]),
    stream: choice("Where it is shown.", ["stderr", "stdout"]),
    once: flag("Shown only once. True by default."),
    only_where: ONLY_WHERE,
    sends_from: choice("The run that shows the notice sends nothing yet. By default it does.", ["next-run"]),
    stores,
    described: DESCRIBED,
  },
  ["text", "when", "stream"],
);

const command = (does: string) =>
  record(
    {
      run: text(`What a person types to ${does}.`),
      prints: texts("What it prints, by name.", { uniqueItems: true }),
      stores,
    },
    ["run"],
    {
      description: `The command to ${does}.`,
    },
  );

const stateFile = record(
  {
    path: place("Where it is; begins with ~/, {app_dir}/ or the root."),
    form: choice("Where its ending doesn't say.", STATE_FORMS),
    keys: described("Key → type.", mapOf(ref("shape"), undefined, { minProperties: 1 })),
    mode: {
      description: 'Permissions, in quotes. The client always uses "0600".',
      type: "string",
      pattern: MODE,
    },
    deleting_it: text("What deleting it does."),
  },
  ["path", "keys"],
);

const model = choice("`opt-out`: on unless a step says no. `opt-in`: off unless a step says yes.", CONSENT_MODEL_NAMES);
const partName: Schema = { type: "string", pattern: PART, maxLength: 64 };
const asks = { description: "The prompts.", ...listOf(ask) };

const part = record(
  {
    model,
    what: text("What it is about: `crash reports`."),
    needs: {
      description: "Parts without which it is off.",
      anyOf: [partName, { type: "array", items: partName, minItems: 1, uniqueItems: true }],
    },
    since_epoch: SINCE_EPOCH,
    order: {
      description: "As above.",
      ...listOf(steps, { minItems: 1 }),
    },
    ask: asks,
  },
  ["model"],
);

/** `consent: none`: nobody can turn it off. What is kept and shown can still be said. */
const none = record(
  {
    model: { description: "`none`: there is no switch at all.", const: "none" },
    justification: text("Why there is none. Printed on the first screen."),
    notice: described("What people are told.", notice),
    state_file: described("Where what has to outlast the program is kept.", stateFile),
    commands: described("The product's commands about telemetry.", record({ status: command("see the state") })),
  },
  ["justification", "model"],
);

/** `consent`: who decides, in order. */
const decided: Schema = record(
  {
    use: text("Another contract, whose consent this is: `../usage/events.yaml`."),
    model,
    order: {
      description: "The places that are asked; the first that matches decides.",
      ...listOf(steps, { minItems: 1 }),
    },
    evaluated: choice("`every-event` by default.", ["every-event", "at-start"]),
    builds: described(
      "Build → `normal`, `compiled-out` (the code is absent) or `locked-off` (nothing enables it). Comes before `order`.",
      mapOf({ enum: ["normal", "compiled-out", "locked-off"] }, undefined, { minProperties: 1 }),
    ),
    ask: asks,
    notice: described("What people are told.", notice),
    commands: described(
      "The product's commands about telemetry.",
      record({
        status: command("see the state"),
        enable: command("turn it on"),
        disable: record(
          {
            run: text("What a person types to turn it off."),
            where: text("Where a person turns it off in the product itself, instead: `Settings → Privacy`."),
            prints: texts("What it prints, by name.", { uniqueItems: true }),
            stores,
          },
          [],
          {
            description: "The command to turn it off, or the menu.",
            anyOf: [{ required: ["run"] }, { required: ["where"] }],
          },
        ),
        forget: command("have everything deleted that is stored of this machine"),
      }),
    ),
    state_file: described("Where the answer is kept.", stateFile),
    epoch_from: epochFrom("To which edition a yes was given that an older version stored."),
    adopts: {
      description: "What older clients left, taken over.",
      ...listOf(adoption, { minItems: 1 }),
    },
    parts: described("Part → a consent of its own.", mapOf(part, partName, { minProperties: 1 })),
  },
  ["model"],
  { anyOf: [{ required: ["order"] }, { required: ["parts"] }] },
);

/** Read with the contract that is named. */
const used = record({ use: text("The contract whose consent is meant.") }, ["use"]);

/** The party that decides, or that nobody does. */
export const CONSENT: Schema = {
  anyOf: [
    { description: "There is no switch at all; needs a `justification` next to it.", const: "none" },
    none,
    decided,
    used,
  ],
};
