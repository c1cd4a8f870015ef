import { escapeUnseen } from "../../emit/escape.js";
import { shellQuoted } from "../../emit/shell.js";
import { goldenAround, goldenBody, goldenFields, goldenSample } from "../../model/golden.js";
import { addressed } from "../../model/in-path.js";
import type { Model } from "../../model/model.js";
import { contentType } from "../../model/wire.js";
import { pathOf } from "./contract.js";

/** One request that the receiver accepts, made of the contract's examples. */
export interface ExampleRequest {
  readonly path: string;
  readonly method: Model["destination"]["method"];
  readonly type: string;
  /** Those that the contract draws. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function exampleRequest(model: Model): ExampleRequest {
  const values = goldenFields(model.destination.urlFields);
  const path = pathOf(model.destination.url).replace(/\{([^{}]+)\}/g, (place, name: string) =>
    name.startsWith("$") ? place : encodeURIComponent(String(values[name])),
  );
  const [event] = model.events;
  const { query, headers } = goldenAround(model, event);
  const around = { method: model.destination.method, path: addressed(path, query), headers };
  if (model.wire.format === "prometheus-text")
    return { ...around, type: contentType(model.wire), body: model.metrics.slice(0, 1).map(goldenSample).join("") };
  return {
    ...around,
    type: contentType(model.wire),
    body: event === undefined ? "{}" : escapeUnseen(goldenBody(model, event)),
  };
}

/** The same as a command line for a shell. The server's address is the caller's. */
export function curlLine(request: ExampleRequest, origin: string): string {
  const headers = Object.entries({ "content-type": request.type, ...request.headers })
    .map(([name, text]) => `-H ${shellQuoted(`${name}: ${text}`)}`)
    .join(" ");
  const { method } = request;
  if (method === "GET" || method === "HEAD") {
    const headerArgs = Object.entries(request.headers).map(([name, text]) => ` -H ${shellQuoted(`${name}: ${text}`)}`);
    return `curl -i${method === "HEAD" ? " -I" : ""} ${shellQuoted(origin + request.path)}${headerArgs.join("")}`;
  }
  return `curl -i${method === undefined ? "" : ` -X ${method}`} ${shellQuoted(origin + request.path)} ${headers} --data-binary ${shellQuoted(request.body)}`;
}
