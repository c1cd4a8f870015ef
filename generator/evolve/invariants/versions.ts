import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { Model } from "../../model/model.js";
import { classify } from "../classify.js";
import type { Finding } from "../finding.js";
import { refusal } from "../refusal.js";
import { listed } from "../words.js";

/** The number of changes that are named; the diff lists the rest. */
const told = 3;

/**
 * Checks the numbers: whatever changes what is sent raises `schema_version` above that of every released version, by one;
 * whatever collects more raises `consent_epoch` too.
 * @param released every version that somebody may have, newest last.
 */
export function versionLocks(model: Model, released: readonly FrozenContract[]): readonly Diagnostic[] {
  const newest = Math.max(0, ...released.map(({ schemaVersion }) => schemaVersion));
  const { schemaVersion, consentEpoch, at } = model;
  if (newest > 0 && schemaVersion > newest + 1)
    return [
      refusal("version-skipped", `schema_version is ${schemaVersion}, and the last released version is ${newest}.`, at),
    ];
  if (schemaVersion < newest)
    return [
      refusal("version-reused", `schema_version is ${schemaVersion}, and version ${newest} has been released.`, at),
    ];
  const locks = released.toReversed().map((version) => {
    const findings = classify(version, model).filter(({ impact }) => impact !== "refused");
    const raising = schemaVersion > version.schemaVersion ? [] : findings.filter(({ needs }) => needs !== "nothing");
    const untold =
      consentEpoch > version.consentEpoch ? [] : findings.filter(({ needs }) => needs === "version and epoch");
    return { version, raising, untold };
  });
  const unraised = locks.find(({ raising }) => raising.length > 0);
  const untold = locks.find((lock) => lock.untold.length > 0);
  const lowered = released.find((version) => consentEpoch < version.consentEpoch);
  return [
    ...(unraised === undefined
      ? []
      : [
          lock(
            "version-not-raised",
            unraised.raising,
            `schema_version is still ${schemaVersion}, but version ${unraised.version.schemaVersion} is released and ${unraised.raising.length === 1 ? "a change needs" : `${unraised.raising.length} changes need`} a higher one`,
          ),
        ]),
    ...(untold === undefined
      ? []
      : [
          lock(
            "epoch-not-raised",
            untold.untold,
            `consent_epoch is still ${consentEpoch}, but more is collected than users of epoch ${untold.version.consentEpoch} were told`,
          ),
        ]),
    ...(lowered === undefined || untold !== undefined
      ? []
      : [
          refusal(
            "epoch-not-raised",
            `consent_epoch is ${consentEpoch}, but users have already been told of epoch ${lowered.consentEpoch}.`,
            at,
          ),
        ]),
  ];
}

function lock(code: "version-not-raised" | "epoch-not-raised", findings: readonly Finding[], what: string): Diagnostic {
  const shown = findings.slice(0, told).map(({ id, sentence }) => `${id}: ${sentence.replace(/\.$/, "")}`);
  const rest = findings.length > told ? [`${findings.length - told} more`] : [];
  const span = findings.find((finding) => finding.span !== undefined)?.span;
  return refusal(code, `${what}: ${listed([...shown, ...rest])}.`, span);
}
