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
  describes: "when it happened; also `$time.unix-ms`, `$time.unix-s`",
  read: timed("time"),
};

export const sent: Placeholder = {
  name: "$sent",
  describes: "when the request was made; not kept",
  read: timed("sent"),
};
