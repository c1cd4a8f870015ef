import { join } from "node:path";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.js";
import type { Outcome } from "../../outcome.js";
import { fromHere, isWithin, type Places, show } from "../../output/places.js";
import type { Change } from "../../output/plan.js";
import type { World } from "../world.js";

export interface SeenOutcome extends Outcome {
  readonly changes: readonly (Change & { readonly shownAs: string })[];
}

/** The same outcome with every path as the person at the prompt would name it: contracts call themselves by the project's root. */
export function asSeenFrom(places: Places, outcome: Outcome): SeenOutcome {
  const seen = (source: string) => fromHere(places.cwd, join(places.root, source));
  const span = (place: Span): Span => ({ ...place, file: seen(place.file) });
  const finding = ({ span: place, related, ...rest }: Diagnostic): Diagnostic => ({
    ...rest,
    ...(place === undefined ? {} : { span: span(place) }),
    ...(related === undefined
      ? {}
      : { related: related.map((other) => ({ message: other.message, span: span(other.span) })) }),
  });
  return {
    ...outcome,
    findings: outcome.findings.map(finding),
    sources: new Map([...outcome.sources].map(([source, text]) => [seen(source), text])),
    changes: outcome.changes.map((change) => ({ ...change, shownAs: show(places, change.path) })),
  };
}

/** Where the reader of a report stands: GitHub, which reads two formats, at the top of the repository that it checked out. */
export function readersFolder({ cwd, env }: Pick<World, "cwd" | "env">, format: string): string {
  const top = env.GITHUB_WORKSPACE;
  const isGitHub = ["github", "sarif"].includes(format) && top !== undefined && isWithin(top, cwd);
  return isGitHub ? top : cwd;
}
