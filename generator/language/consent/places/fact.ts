import { type Inline, prose, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import type { JsonValue } from "../../../model/json-schema.js";
import type { Fact } from "../../../model/model.js";
import { type PlaceWord, unsure } from "./define.js";

/** Facts that the client finds out by itself: what it is, what is read for it, and the runtime's function. */
export const KNOWN_FACTS: Readonly<
  Record<string, { readonly means: string; readonly reads: string; readonly call: string }>
> = {
  ci: {
    means: "the program runs in CI",
    reads:
      "`CI` (unless it is empty, `0` or `false`), or one of `CONTINUOUS_INTEGRATION`, `BUILD_NUMBER`, `BUILD_ID`, `GITHUB_ACTIONS`, `GITLAB_CI`, `TF_BUILD`, `TEAMCITY_VERSION`, `JENKINS_URL`, `BUILDKITE`, `CIRCLECI`, `TRAVIS`, `APPVEYOR`, `DRONE` and `CODEBUILD_BUILD_ID`",
    call: "isCi",
  },
  container: {
    means: "the program runs in a container",
    reads:
      "the variables `container` and `KUBERNETES_SERVICE_HOST`, and whether there is a `/.dockerenv` or a `/run/.containerenv`",
    call: "inContainer",
  },
  "no-terminal": {
    means: "there is no terminal",
    reads: "whether input and error output are a terminal",
    call: "withoutTerminal",
  },
};

interface FactPlace extends Fact {
  readonly kind: "fact";
}

const KEYS = {
  fact: {
    description:
      "Something that is so where the program runs: `ci`, `container`, `no-terminal`, or one of the program's own, which is given to `setup`.",
    type: "string",
    pattern: "^[a-z][a-z0-9-]*$",
  },
  means: {
    description: "What it is, as half a sentence: `the server is an enterprise server`.",
    type: "string",
    minLength: 1,
  },
} as const;

/** Something that is so where the program runs, or isn't. It only says no; one that nobody can tell is a no, too. */
export const fact: PlaceWord<FactPlace> = {
  keys: KEYS,
  required: ["fact"],
  sides: [],
  usual: { no: true },
  read: (written) => ({
    kind: "fact",
    fact: String(written["fact"] ?? ""),
    ...(typeof written["means"] === "string" ? { means: written["means"] } : {}),
  }),
  by: ({ fact }) => fact,
  looked: (place) => say`whether ${meaning(place)}`,
  textsOnly: () => false,
  refuses: (_, value) => (typeof value === "boolean" ? undefined : "A fact is true or false."),
  name: ({ fact }) => fact,
  find: ({ place }) => factCall(place),
  findDecides: true,
  put: ({ fact }, value, world) => {
    if (world.facts[fact] === true && value !== true) return false;
    world.facts[fact] = value === true;
    return true;
  },
  found: ({ fact }, world) => world.facts[fact] ?? false,
  holds: (value) => value === true || value === unsure,
  file: () => undefined,
  set: (_, value, name) => `the fact ${name}: ${value}`,
  // Where nothing is ever sent is no switch.
  toSet: () => undefined,
  sense: () => undefined,
  owedBySetup: "facts",
  clients: ["python", "go", "rust"],
};

/** `only_where`: a fact that is known, or that the contract says more about elsewhere; or one that it says here. */
export const ONLY_WHERE: { readonly [keyword: string]: JsonValue } = {
  description: "A fact: it counts only if that is true.",
  anyOf: [
    { type: "string", pattern: "^[a-z][a-z0-9-]*$" },
    {
      type: "object",
      properties: KEYS,
      additionalProperties: false,
      required: ["fact"],
    },
  ],
};

export function readFact(written: JsonValue): Fact {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return { fact: String(written) };
  const { fact: name, means } = written as Readonly<Record<string, JsonValue>>;
  return { fact: String(name ?? ""), ...(typeof means === "string" ? { means } : {}) };
}

/** The runtime's way to know it. */
export function factCall({ fact: name }: Fact): PureCall {
  const known = Object.hasOwn(KNOWN_FACTS, name) ? KNOWN_FACTS[name] : undefined;
  return new PureCall("fact", known === undefined ? [name] : [name, new PureCall(known.call)]);
}

/** Returns what it is, in words. */
export function meaning({ fact, means }: { readonly fact: string; readonly means?: string }): Inline {
  return prose(means ?? KNOWN_FACTS[fact]?.means ?? fact);
}
