import { code, enumerate, type Inline, list, paragraph, type Section, say, strong } from "../emit/document.js";
import { goldenAround } from "../model/golden.js";
import type { Model, Picture } from "../model/model.js";
import { placesIn, setOf } from "../model/wire.js";

const addresses = {
  "never-read": "The receiver never reads it: it is neither stored, logged nor passed on.",
  discarded: "The receiver discards it: it is not stored.",
  "geolocated-then-discarded": "The receiver uses it for coarse geolocation, and then discards it.",
  stored: "The receiver stores it.",
  "not-stated": "What the receiver does with it is not stated.",
} as const;

/** What any request tells whoever answers it, whatever the list says. */
export function endpoint(model: Model): Section {
  const { destination, wire } = model;
  const filled = goldenAround(model, model.events[0]).headers;
  const headers = wire.headers.map((header): Inline => {
    if (header.kind === "picture")
      return say`${code(header.name)}: such as ${code(filled[header.name] ?? "")}${madeOf(header.picture)}.`;
    return say`${code(header.name)}: the value of your environment variable ${code(header.env)}, only when you have set it, and only to an accepted address.`;
  });
  return {
    title: "What the endpoint sees anyway",
    blocks: [
      paragraph(
        say`${strong("Your IP address.")} A request over the internet can't be made without it. ${addresses[destination.clientIp]}`,
      ),
      paragraph(
        say`${strong("The request's own headers.")} They say that it is a ${code(destination.method ?? "POST")}${hasBody(destination) ? " and which form its body has" : ""}. No cookie is sent, and a redirect to another host is not followed.${headers.length === 0 ? "" : " Beside them:"}`,
      ),
      ...(headers.length === 0 ? [] : [list(headers)]),
    ],
  };
}

/** The fields that stand in a text. */
function madeOf(picture: Picture): Inline {
  const names = placesIn(picture).flatMap(({ at }) => {
    const name = setOf(at)?.name;
    return name === undefined ? [] : [code(name)];
  });
  return names.length === 0 ? "" : say`, made of ${enumerate(names, "and")}`;
}

function hasBody({ method }: Model["destination"]): boolean {
  return method !== "GET" && method !== "HEAD";
}
