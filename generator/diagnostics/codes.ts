import type { CodeInfo } from "./code-info.js";
import { CLASH_CODES } from "./codes/clashes.js";
import { CONSENT_CODES } from "./codes/consent.js";
import { RULE_CODES } from "./codes/rules.js";
import { STRUCTURE_CODES } from "./codes/structure.js";
import { TYPE_CODES } from "./codes/types.js";
import { WARNING_CODES } from "./codes/warnings.js";
import { YAML_CODES } from "./codes/yaml.js";

export type { CodeInfo } from "./code-info.js";

/** Everything that can be found in a spec. Codes are permanent: one that is no longer used is not given to anything else. */
export const CODES = {
  ...YAML_CODES,
  ...STRUCTURE_CODES,
  ...TYPE_CODES,
  ...RULE_CODES,
  ...CONSENT_CODES,
  ...CLASH_CODES,
  ...WARNING_CODES,
} as const satisfies Record<string, CodeInfo>;

export type Code = keyof typeof CODES;

/** The warnings that a spec may silence with a reason. */
export const WARNINGS: readonly string[] = Object.keys(WARNING_CODES)
  .filter((code) => !code.startsWith("silence-"))
  .sort();
