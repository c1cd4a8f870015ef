import { PLACES } from "../../language/consent/places/index.js";
import type { OtherLanguage } from "../../model/clients.js";
import type {
  Ask,
  BuildKind,
  Consent,
  ConsentPlace,
  ConsentStep,
  Delivery,
  Destination,
  Event,
  Field,
  Identifier,
  Input,
  Metric,
  Notice,
  StateFile,
  Type,
} from "../../model/model.js";

/** The sections of a contract that a client carries out key by key, or refuses by the name of a key. */
interface Sections {
  readonly consent: Consent;
  readonly step: ConsentStep;
  readonly place: ConsentPlace;
  /** `part`: the question belongs to one. */
  readonly ask: Ask & { readonly part?: string };
  readonly notice: Notice;
  readonly commands: Consent["commands"];
  readonly stateFile: StateFile;
  readonly identifier: Identifier;
  readonly event: Event | Metric;
  readonly field: Field;
  readonly type: Type;
  readonly delivery: Delivery;
  readonly destination: Destination;
}

type Clients = readonly OtherLanguage[];
type KeyOf<Part> = Part extends unknown ? keyof Part & string : never;

const all: Clients = ["python", "go", "rust"];
const notRust: Clients = ["python", "go"];

/** A place is named by its kind, whose own file says which clients look into it. */
const PLACE_KINDS = Object.fromEntries(Object.keys(PLACES).map((kind) => [kind, all])) as Readonly<
  Record<ConsentPlace["kind"], Clients>
>;

/**
 * Each key of the model, and the clients in other languages than TypeScript that have heard of it: they carry it out, or refuse it by
 * a sentence of its own. A key that is added to the model doesn't compile until it stands here.
 */
const HEARD: { readonly [Part in keyof Sections]: Readonly<Record<Exclude<KeyOf<Sections[Part]>, "at">, Clients>> } = {
  consent: {
    use: notRust,
    queues: notRust,
    none: notRust,
    model: all,
    evaluated: all,
    heedsUnread: all,
    order: all,
    builds: all,
    menu: all,
    ask: all,
    notice: all,
    commands: all,
    stateFile: all,
    parts: notRust,
    epochFrom: notRust,
    adopts: notRust,
  },
  step: {
    place: all,
    enableWhen: all,
    disableWhen: all,
    anyCase: all,
    trimmed: all,
    otherwise: all,
    onlyWhere: notRust,
  },
  place: { ...PLACE_KINDS, kind: all, key: all, valued: all, means: all, behind: notRust, form: all },
  ask: {
    where: all,
    needs: all,
    question: all,
    preselected: all,
    whenSkipped: all,
    stores: all,
    askAgain: all,
    onlyWhere: notRust,
    part: notRust,
  },
  notice: { sendsFrom: all, onlyWhere: notRust, text: all, when: all, stream: all, once: all, stores: all },
  commands: { status: all, enable: all, disable: all, forget: notRust },
  stateFile: { path: all, form: ["go"], mode: all, deletingIt: all, keys: all },
  identifier: {
    name: all,
    identifies: all,
    what: all,
    derivedFrom: all,
    madeFrom: all,
    hash: all,
    format: all,
    drawn: all,
    created: all,
    inCi: all,
    resetBy: all,
    deletionBy: all,
    justification: all,
    use: all,
    sharedWith: all,
  },
  event: {
    wireName: all,
    codeName: all,
    evenWhenOff: notRust,
    when: all,
    why: all,
    note: all,
    owner: all,
    class: all,
    purpose: all,
    expires: all,
    part: notRust,
    onlyWhere: notRust,
    sinceEpoch: notRust,
    renamedFrom: all,
    fields: all,
    labels: all,
    value: all,
    schedule: all,
    limit: all,
    sample: all,
    rollup: all,
  },
  field: {
    wireName: all,
    codeName: all,
    type: all,
    why: all,
    note: all,
    owner: all,
    class: all,
    purpose: all,
    expires: all,
    example: all,
    optional: all,
    nullable: all,
    legacy: all,
    droppedAtEdge: all,
    renamedFrom: all,
    onlyWhen: all,
    from: all,
    part: notRust,
    sinceEpoch: notRust,
  },
  type: {
    kind: all,
    name: all,
    schema: all,
    values: all,
    rule: all,
    alternatives: all,
    justification: all,
    input: all,
    nullable: ["python"],
    of: all,
    keys: all,
    unit: all,
    by: notRust,
    cases: notRust,
    fields: all,
    identifier: all,
    drawn: ["python"],
  },
  delivery: {
    mode: all,
    answer: notRust,
    timeout: all,
    attempts: all,
    onFailure: all,
    logLevel: all,
    batch: notRust,
    queue: all,
    flush: all,
    debug: all,
  },
  destination: {
    method: all,
    namedBy: notRust,
    url: all,
    urlFields: all,
    override: all,
    operator: all,
    clientIp: all,
    clientIpUsedFor: all,
    storedIn: all,
    access: all,
    retention: all,
    deletion: all,
  },
};

/** Words that have no file of their own, and the clients that carry them out. */
export const CARRIED_OUT: {
  readonly madeFrom: Readonly<Record<Identifier["madeFrom"], Clients>>;
  readonly created: Readonly<Record<Identifier["created"], Clients>>;
  readonly build: Readonly<Record<BuildKind, Clients>>;
  /** The treatment of a caller's value. */
  readonly input: Readonly<Record<Input["kind"], Clients>>;
} = {
  madeFrom: { random: all, hash: all, given: all },
  created: {
    "first-run": all,
    "first-send": all,
    "opt-in": all,
    "process-start": all,
    "each-event": all,
    platform: all,
  },
  build: { normal: all, "compiled-out": all, "locked-off": notRust },
  input: { bucket: all, otherwise: all, replaced: all, hashed: all, cut: all, rounded: all },
};

/** What to do where a client knows no other form of a state file. */
export const JSON_STATE = "Keep the answers in a file that ends in .json";

/**
 * Returns the keys of a part of the model that say something and that a client has not heard of: it must not be made as if they weren't
 * there. Empty lists and absent values say nothing.
 */
export function unheard<Part extends keyof Sections>(
  client: OtherLanguage,
  part: Part,
  said: Sections[Part] | undefined,
): readonly KeyOf<Sections[Part]>[] {
  const heard: Readonly<Record<string, Clients>> = HEARD[part];
  return Object.entries(said ?? {}).flatMap(([key, value]) => {
    const saysNothing = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    return key === "at" || saysNothing || heard[key]?.includes(client) ? [] : [key as KeyOf<Sections[Part]>];
  });
}
