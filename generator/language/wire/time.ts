import type { Picture, TimeForm } from "../../model/wire.js";
import type { Placeholder } from "./define.js";

const FORMS: readonly TimeForm[] = ["rfc3339", "unix-ms", "unix-s"];

function timed(kind: "time" | "sent"): (text: string) => Picture | undefined {
  return (text) => {
    const form = FORMS.find((one) => text === `${kind}.${one}`) ?? (text === kind ? "rfc3339" : undefined);
    return form === undefined ? undefined : { kind, form };
  };
}

export const time: Placeholder = {
  name: "$time",
  describes: "when it happened, in UTC; `$time.unix-ms` and `$time.unix-s` are numbers",
  read: timed("time"),
};

export const sent: Placeholder = {
  name: "$sent",
  describes: "when the request was made, in the same three forms; the receiver keeps nothing of it",
  read: timed("sent"),
};
