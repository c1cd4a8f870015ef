import { visible } from "./visible.js";

/** The known parts of a drafted contract. */
interface DraftedContract {
  /** The first words of the file: where the draft comes from. */
  readonly from: string;
  readonly product?: string | undefined;
  readonly summary?: string | undefined;
  readonly version?: number;
  /** Each declared identifier, as a line. */
  readonly identifiers: readonly string[];
  /** Of the address. */
  readonly path: string;
}

/** The beginning of a drafted contract, up to where it is sent: TODO wherever only a person can tell. */
export function draftHead({ from, product, summary, version = 1, identifiers, path }: DraftedContract): string {
  return `# ${from} Each TODO is a question that only you can answer; \`plainsight check\` fails until none is left.
telemetry_spec: 1
product: TODO${product === undefined ? "" : `  # ${visible(product)}`}
title: TODO
summary: ${summary === undefined ? "TODO" : JSON.stringify(visible(summary))}
schema_version: ${version}${version === 1 ? "" : `\nconsent_epoch: ${version}`}

why: [TODO]
never_collected: [TODO]

consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0", "false"] } }
    - { env: TODO, enable_when: truthy, disable_when: falsy }

identifiers:${identifiers.length === 0 ? " none" : `\n${identifiers.join("\n")}`}

destination:
  url: https://TODO.invalid${path}
  operator: { name: TODO, party: first }
  client_ip: never-read
`;
}
