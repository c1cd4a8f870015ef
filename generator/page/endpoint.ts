import { code, enumerate, type Inline, link, list, paragraph, type Section, say } from "../emit/document.js";
import { goldenAround } from "../model/golden.js";
import type { Model, Picture } from "../model/model.js";
import { placesIn, setOf } from "../model/wire.js";

const addressWords = {
  "never-read": "The receiver never reads your IP address: it is not stored, logged or passed on.",
  discarded: "The receiver discards your IP address and doesn't store it.",
  "geolocated-then-discarded": "The receiver uses your IP address for coarse geolocation, then discards it.",
  stored: "The receiver stores your IP address.",
  "not-stated": "What the receiver does with your IP address is not stated.",
} as const;

/** Returns what becomes of the sender's address: a sentence of the first screen. */
export function addressWord(clientIp: Model["destination"]["clientIp"]): string {
  return addressWords[clientIp];
}

/** Returns what any request tells whoever answers it, whatever the list says. */
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
        say`Your IP address, as with any request (see ${link("#in-short", "in short")})${hasBody(destination) ? ", the method" : " and the method"} ${code(destination.method ?? "POST")}${hasBody(destination) ? " and the form of the body" : ""}. No cookies are sent; redirects to other hosts are not followed.${headers.length === 0 ? "" : " Besides:"}`,
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
