import type { Model, Wire } from "../../model/model.js";
import { placesIn } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, type MapTree } from "../tree.js";
import { treeAt } from "./wire-context.js";

/** Header names are equal in any case, and some belong to the transport. */
export function headerNames({ headers }: Wire, root: MapTree, report: DiagnosticSink): void {
  const seen = new Map<string, string>();
  for (const { name } of headers) {
    const entry = (at(root, "wire", "headers") as MapTree | undefined)?.entries.get(name);
    const other = seen.get(name.toLowerCase());
    if (other !== undefined && entry !== undefined)
      report.add("name-taken", entry.key, `"${name}" is the header ${other} in other letters.`, {
        hint: "Keep one of them.",
      });
    seen.set(name.toLowerCase(), name);
    if ((TRANSPORT.has(name.toLowerCase()) || ADDRESS.test(name)) && entry !== undefined)
      report.add(
        "reserved-name",
        entry.key,
        `The header "${name}" belongs to the transport, or to those who pass a request on.`,
        {
          hint: "Choose another name; cookies are never sent.",
        },
      );
  }
}

/** The headers in which proxies name a sender's address: the receiver never looks there. */
const ADDRESS = /^(cf-|x-forwarded|x-real-ip$|true-client-ip$|forwarded$|via$|x-client-ip$|x-cluster-client-ip$|sec-)/i;

const TRANSPORT = new Set(
  "accept-encoding connection content-encoding content-length content-type cookie expect host http2-settings keep-alive origin proxy-authenticate proxy-authorization proxy-connection set-cookie set-cookie2 te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

export function headersOfMetrics({ wire: { headers }, ...model }: Model, root: MapTree, report: DiagnosticSink): void {
  for (const header of headers) {
    if (header.kind !== "picture") continue;
    for (const { at: here } of placesIn(header.picture))
      if ("kind" in here && !["constant", "joined", "line", "field"].includes(here.kind))
        report.add("wire-misplaced", treeAt(root, [`headers.${header.name}`]), "A header holds one text.", {
          hint: "Write a text, with fields written as {common.NAME}.",
        });
      else if ("kind" in here && here.kind === "field" && !model.common.some(({ wireName }) => wireName === here.name))
        report.add(
          "unknown-placeholder",
          treeAt(root, [`headers.${header.name}`]),
          `Nothing fills {${here.set}.${here.name}} in.`,
          {
            hint: suggestion(
              `common.${here.name}`,
              model.common.map(({ wireName }) => `common.${wireName}`),
              "Placeholders",
            ),
          },
        );
  }
}
