import { join } from "node:path";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.js";
import type { Outcome } from "../../outcome.js";
import { fromHere, isWithin, type Places, show } from "../../output/places.js";
import type { Change } from "../../output/plan.js";
import type { Context } from "../context.js";

export interface SeenOutcome extends Outcome {
  readonly changes: readonly (Change & { readonly shownAs: string })[];
}

interface Findings {
  readonly findings: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Findings and the texts that they point into, by the paths that the person at the prompt would use: contracts call themselves by the project's root. */
export function findingsSeenFrom(
  { root, cwd }: Pick<Places, "root" | "cwd">,
  { findings, sources }: Findings,
): Findings {
  const seen = (source: string) => fromHere(cwd, join(root, source));
  const span = (place: Span): Span => ({ ...place, file: seen(place.file) });
  return {
    findings: findings.map(({ span: place, related, ...rest }) => ({
      ...rest,
      ...(place === undefined ? {} : { span: span(place) }),
      ...(related === undefined
        ? {}
        : { related: related.map((other) => ({ message: other.message, span: span(other.span) })) }),
    })),
    sources: new Map([...sources].map(([source, text]) => [seen(source), text])),
  };
}

/** The same outcome with every path as the person at the prompt would name it: contracts call themselves by the project's root. */
export function asSeenFrom(places: Places, outcome: Outcome): SeenOutcome {
  return {
    ...outcome,
    ...findingsSeenFrom(places, outcome),
    changes: outcome.changes.map((change) => ({ ...change, shownAs: show(places, change.path) })),
  };
}

/** Returns where the reader of a report stands: GitHub, which reads two formats, at the top of the repository that it checked out. */
export function readersFolder({ cwd, env }: Pick<Context, "cwd" | "env">, format: string): string {
  const top = env.GITHUB_WORKSPACE;
  const isGitHub = ["github", "sarif"].includes(format) && top !== undefined && isWithin(top, cwd);
  return isGitHub ? top : cwd;
}
