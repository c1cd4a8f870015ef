import { code, paragraph, say } from "../../emit/document.js";
import { defineSink } from "./define.js";

/** Any HTTPS endpoint that takes a JSON list. */
export const http = defineSink({
  about: "any HTTPS endpoint that takes a JSON list",
  called: "another HTTP endpoint",
  needs: ["url"],
  knows: ["url", "secret"],
  file: "sinks/http",
  export: "http",
  queued: true,
  dashboards: [],
  backend: () => [
    paragraph(
      say`Any HTTPS endpoint: it is sent a JSON list of ${code("{id, event, time, fields, value?}")} with the secret as bearer token, answers any 2xx once it has stored them, and keeps one of each ${code("id")}.`,
    ),
  ],
  retention: () => [paragraph("Set it at the backend.")],
  deletion: (_, identifier) => [
    paragraph(
      say`At the endpoint, delete each entry whose ${code(`fields[${JSON.stringify(identifier)}]`)} is that value; of what else was sent, nothing says whose it is.`,
    ),
  ],
  forgets: false,
});
