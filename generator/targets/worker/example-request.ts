import { jsonText } from "../../emit/escape.js";
import { shellQuoted } from "../../emit/shell.js";
import { goldenFields, goldenPayload, goldenSample } from "../../model/golden.js";
import type { Model } from "../../model/model.js";
import { pathOf } from "./contract.js";

/** One request that the receiver accepts, made of the contract's examples. */
export interface ExampleRequest {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

export function exampleRequest(model: Model): ExampleRequest {
  const values = goldenFields(model.destination.urlFields);
  const path = pathOf(model.destination.url).replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name])),
  );
  if (model.wire.format === "prometheus-text") {
    return { path, type: "text/plain", body: model.metrics.slice(0, 1).map(goldenSample).join("") };
  }
  const [event] = model.events;
  const json = jsonText(event === undefined ? {} : goldenPayload(model, event));
  return { path, type: "application/json", body: model.wire.encoding === "base64url" ? base64url(json) : json };
}

/** The same as a command line for a shell. The server's address is the caller's. */
export function curlLine(request: ExampleRequest, origin: string): string {
  return `curl -i ${shellQuoted(origin + request.path)} -H ${shellQuoted(`content-type: ${request.type}`)} --data-binary ${shellQuoted(request.body)}`;
}

function base64url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
