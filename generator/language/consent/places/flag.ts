import { code, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import type { JsonValue } from "../../../model/json-schema.js";
import { matchCall } from "../matches/index.js";
import type { PlaceWord } from "./define.js";

export const FLAG = "^--?[A-Za-z0-9][A-Za-z0-9._-]*$";

interface Flag {
  readonly kind: "flag";
  readonly flag: string;
  /** It has a value, and that says no. */
  readonly valued?: true;
}

/** A flag of the command line. It says no, bare or with a value that does; in a part that is off by default it may say yes. */
export const flag: PlaceWord<Flag> = {
  keys: {
    flag: {
      description:
        "A flag of the command line, which says no: where it stands, or with `disable_when` where its value does, written `--flag=value` or as the next word. With `enable_when`, in a part that is opt-in, it says yes where no other step of it says no.",
      type: "string",
      pattern: FLAG,
    },
  },
  required: ["flag"],
  sides: ["enable", "disable"],
  usual: { no: "present" },
  read: (written) => ({
    kind: "flag",
    flag: String(written["flag"] ?? ""),
    ...(isValued(written["disable_when"]) || isValued(written["enable_when"]) ? { valued: true as const } : {}),
  }),
  by: ({ flag }) => flag,
  looked: ({ flag, valued }) => say`the flag ${code(flag)}${valued ? "" : ", if given"}`,
  textsOnly: () => true,
  refuses: (_, value) =>
    typeof value === "boolean" ? `A flag's value is a text: write ${JSON.stringify(String(value))}.` : undefined,
  name: ({ flag }) => flag,
  find: ({ place: { flag, valued }, disableWhen, enableWhen }) => {
    const match = disableWhen ?? enableWhen;
    return new PureCall("argument", valued && match ? [flag, matchCall(match)] : [flag]);
  },
  findDecides: true,
  put: ({ flag, valued }, value, world) => {
    if (world.args.some((arg) => arg === flag || arg.startsWith(`${flag}=`))) return false;
    world.args.push(valued ? `${flag}=${value}` : flag);
    return true;
  },
  found: ({ flag, valued }, world) => {
    const arg = world.args.find((one) => one === flag || one.startsWith(`${flag}=`));
    return arg === undefined ? undefined : valued ? arg.slice(flag.length + 1) : "1";
  },
  holds: (value) => typeof value === "string",
  file: () => undefined,
  set: ({ valued }, value, name) => (valued ? `${name}=${value}` : name),
  toSet: ({ flag, valued }, value) => say`give the flag ${code(valued ? `${flag}=${value}` : flag)}`,
  sense: () => undefined,
  owedBySetup: "args",
  clients: ["python", "go", "rust"],
};

function isValued(side: JsonValue | undefined): boolean {
  return side !== undefined && side !== "present";
}
