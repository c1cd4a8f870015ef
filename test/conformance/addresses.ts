import { setupClient } from "../../templates/client/runtime/client.js";
import { type World, withClient } from "./client.js";
import { type Outcome, orEmpty, same } from "./outcome.js";

interface EndpointRow extends World {
  readonly id: string;
  readonly expect: string | null;
}

/** Overrides → the address that would be used. */
export async function runEndpoints(rows: readonly EndpointRow[], system: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    const url = await withClient(system, row, ({ client, endpoint }) => endpoint(client)?.url);
    outcomes.push(same(`${system}/endpoint ${row.id}`, address(row.expect), url));
  }
  return orEmpty(`${system}/endpoint`, outcomes);
}

/** As any client writes it: `https://HOST` and `https://host/` are one address. */
function address(stated: string | null): string | null {
  return stated !== null && URL.canParse(stated) ? new URL(stated).href : stated;
}

interface UrlTable {
  readonly cases: readonly { readonly package: string; readonly version: string; readonly url: string | null }[];
}

/** Facts that travel in the URL → the whole of it; null where nothing may be sent. */
export async function runUrls(table: UrlTable, system: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { url, ...facts } of table.cases) {
    const built = await withClient(system, {}, ({ client, endpoint }) => {
      setupClient(client, facts as object);
      return endpoint(client)?.url ?? null;
    });
    outcomes.push(same(`${system}/url ${facts.package} ${facts.version}`, url, built));
  }
  return orEmpty(`${system}/url`, outcomes);
}
