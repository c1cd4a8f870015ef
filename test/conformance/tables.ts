import { runEndpoints, runUrls } from "./addresses.js";
import { runBehaviours } from "./behaviour.js";
import { runConsent } from "./consent.js";
import { runDebug } from "./debug.js";
import { runCodeNames, runIdentifiers } from "./names.js";
import { runBuckets, runExposition } from "./numbers.js";
import type { RunTable } from "./outcome.js";
import { runPage } from "./page.js";
import { runRollups } from "./rollup.js";
import { runSink } from "./sink.js";

/** Each kind of table beside the payload cases, by its file's name. */
export const tables: Readonly<Record<string, RunTable>> = {
  "behaviour.json": runBehaviours,
  "buckets.json": runBuckets,
  "code-names.json": runCodeNames,
  "consent.json": runConsent,
  "debug.json": runDebug,
  "endpoint.json": runEndpoints,
  "exposition.json": runExposition,
  "identifiers.json": runIdentifiers,
  "rollup.json": runRollups,
  "sink-posthog.json": runSink,
  "telemetry-md.json": runPage,
  "url.json": runUrls,
};
