import { withClient } from "./client.js";
import { type Outcome, orEmpty, same } from "./outcome.js";

interface ConsentRow {
  readonly id: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>> | null;
  readonly stored: unknown;
  readonly build?: string;
  /** The whole environment from then on. */
  readonly env_after_start?: Readonly<Record<string, string>>;
  readonly expect: { readonly enabled: boolean; readonly decidedBy: string };
}

/** Each row in a home of its own, with a real state file, through the resolver that gates every send. */
export async function runConsent(rows: readonly ConsentRow[], system: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    const decision = await withClient(system, row, ({ client, consent, env }) => {
      const first = consent(client);
      if (row.env_after_start === undefined) return first;
      for (const name of Object.keys(env)) delete env[name];
      Object.assign(env, row.env_after_start);
      return consent(client);
    });
    outcomes.push(
      same(`${system}/consent ${row.id}`, row.expect, { enabled: decision.enabled, decidedBy: decision.decidedBy }),
    );
  }
  return orEmpty(`${system}/consent`, outcomes);
}
