import type { Model } from "../model/model.js";
import type { Connection, Observed } from "./observe.js";

/** A connection and why it may be there; without a reason it is one that nobody declared. */
export interface Judged extends Connection {
  readonly known?: string;
}

export interface JudgedLookup {
  readonly name: string;
  readonly known?: string;
}

export interface Verdict {
  readonly connections: readonly Judged[];
  readonly lookups: readonly JudgedLookup[];
  readonly undeclared: number;
}

/** A place that may be reached. Without a port: any. */
interface Address {
  readonly host: string;
  readonly port?: number;
  readonly why: string;
}

/**
 * Says of each connection whether the contracts know it.
 * @param allowed what the product itself may reach: `registry.example.org` or `localhost:5432`.
 */
export function judge(
  { connections, lookups }: Observed,
  models: readonly Model[],
  env: Readonly<Record<string, string | undefined>>,
  allowed: readonly string[],
): Verdict {
  const places = [...models.flatMap((model) => placesOf(model, env)), ...proxies(env), ...allowed.map(allowedPlace)];
  const known = (host: string, port?: number): string | undefined =>
    places.find((place) => place.host === host && (port === undefined || (place.port ?? port) === port))?.why;
  const judged = connections.map((one): Judged => {
    const why = known(one.host, one.port) ?? (one.port === 53 ? "name server" : undefined);
    return why === undefined ? one : { ...one, known: why };
  });
  const names = lookups.map((name): JudgedLookup => {
    const why = known(name);
    return why === undefined ? { name } : { name, known: why };
  });
  const undeclared = [...judged, ...names].filter((one) => one.known === undefined).length;
  return { connections: judged, lookups: names, undeclared };
}

function placesOf(
  { product, destination, ingest }: Model,
  env: Readonly<Record<string, string | undefined>>,
): Address[] {
  const overrides = (destination.override?.order ?? []).flatMap((place) =>
    place.kind === "env" ? [[env[place.env], `${product}: the endpoint that ${place.env} names`] as const] : [],
  );
  return [
    ...placeOf(destination.url, `${product}: its endpoint`),
    ...placeOf(ingest.forwardTo?.url, `${product}: where its receiver passes reports on`),
    ...overrides.flatMap(([url, why]) => placeOf(url, why)),
  ];
}

/** The client goes through the proxy that the environment names, so that is where its connections lead. */
function proxies(env: Readonly<Record<string, string | undefined>>): Address[] {
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].flatMap((name) =>
    placeOf(env[name], `the proxy that ${name} names`),
  );
}

function placeOf(url: string | undefined, why: string): Address[] {
  if (url === undefined || url === "") return [];
  // A placeholder stands in the path or the query, never in the host.
  const text = url.replace(/\{[^}]*\}/g, "x");
  if (!URL.canParse(text)) return [];
  const { hostname, port, protocol } = new URL(text);
  const standard = protocol === "https:" ? 443 : 80;
  return [{ host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? standard : Number(port), why }];
}

function allowedPlace(text: string): Address {
  const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host.toLowerCase(), ...(port === undefined ? {} : { port: Number(port) }), why: "allowed" };
}
