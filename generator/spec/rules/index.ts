import { adopts } from "./adopts.js";
import { answers } from "./answers.js";
import { answersKept } from "./answers-kept.js";
import { bodyLimit } from "./body-limit.js";
import { clashes } from "./clashes.js";
import { clients } from "./clients.js";
import { conditions } from "./conditions.js";
import { consentPlaces } from "./consent-places.js";
import { consentWays } from "./consent-ways.js";
import { countsNowhere } from "./counts-nowhere.js";
import { dashboards } from "./dashboards.js";
import { derives } from "./derives.js";
import { evenWhenOff } from "./even-when-off.js";
import { expiry } from "./expiry.js";
import { flushes } from "./flushes.js";
import { forget } from "./forget.js";
import { guarantees } from "./guarantees.js";
import { hashes } from "./hashes.js";
import { history } from "./history.js";
import { identifierForm, identifierInCi, identifierWhat } from "./identifier-hash.js";
import { identifiers } from "./identifiers.js";
import { identifiersUsed } from "./identifiers-used.js";
import { labels } from "./labels.js";
import { largeEvents } from "./large-events.js";
import { lookalikes } from "./lookalikes.js";
import { modes } from "./modes.js";
import { names } from "./names.js";
import { ownStateKeys } from "./own-state-keys.js";
import { parts } from "./parts.js";
import { queueSize } from "./queue-size.js";
import { rhythm } from "./rhythm.js";
import { rollups } from "./rollups.js";
import type { Rule } from "./rule.js";
import { sinkKeys } from "./sink-keys.js";
import { sources } from "./sources.js";
import { stateKeys } from "./state-keys.js";
import { timers } from "./timers.js";
import { todo } from "./todo.js";
import { toldBy } from "./told-by.js";
import { typedTexts } from "./typed-texts.js";
import { url } from "./url.js";
import { anonymousClaim, doNotTrack, notStated, policyClaim, stateFileMode, unjustified } from "./warnings.js";
import { wire } from "./wire.js";
import { wireConstants } from "./wire-constants.js";

/**
 * The rules that structure alone can't check. To add a rule: one file, one line here, its codes in the table, and a case in which
 * each fires.
 */
export const RULES: readonly Rule[] = [
  todo,
  stateKeys,
  ownStateKeys,
  identifiers,
  identifiersUsed,
  toldBy,
  identifierForm,
  identifierWhat,
  identifierInCi,
  hashes,
  lookalikes,
  url,
  wire,
  wireConstants,
  rollups,
  rhythm,
  expiry,
  derives,
  conditions,
  consentPlaces,
  consentWays,
  countsNowhere,
  parts,
  adopts,
  answersKept,
  answers,
  clashes,
  typedTexts,
  guarantees,
  evenWhenOff,
  forget,
  modes,
  timers,
  bodyLimit,
  largeEvents,
  queueSize,
  flushes,
  labels,
  names,
  history,
  sources,
  clients,
  sinkKeys,
  dashboards,
  doNotTrack,
  notStated,
  anonymousClaim,
  unjustified,
  policyClaim,
  stateFileMode,
];
