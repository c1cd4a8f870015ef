import { adoptRules } from "./adopts.js";
import { consentRules } from "./consent.js";
import type { Rule } from "./define-rule.js";
import { edgeRules } from "./edge.js";
import { eventRules } from "./events.js";
import { fieldRules } from "./fields.js";
import { handlingRules } from "./handling.js";
import { identityRules } from "./identity.js";
import { partRules } from "./parts.js";
import { reasons } from "./reasons.js";
import { typeRules } from "./types.js";
import { wordingRules } from "./wording.js";

/** One rule per class; every rule looks at the whole pair, and none knows another. */
export const rules: readonly Rule[] = [
  ...eventRules,
  ...fieldRules,
  reasons,
  ...typeRules,
  ...identityRules,
  ...consentRules,
  ...adoptRules,
  ...partRules,
  ...handlingRules,
  ...edgeRules,
  ...wordingRules,
];
