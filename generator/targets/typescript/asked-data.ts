import type { Literal } from "../../emit/literal.js";
import { telemetryCommand } from "../../language/consent/commands.js";
import { asksIn } from "../../language/consent/parts.js";
import { factCall } from "../../language/consent/places/fact.js";
import type { Command, Consent, Stores } from "../../model/model.js";

/** The questions, as the runtime puts them. */
export function askData(consent: Consent): Literal {
  return asksIn(consent).map(
    ({ part, onlyWhere, where, needs, question, preselected, whenSkipped, stores, askAgain }) => ({
      where,
      needs,
      question,
      preselected,
      whenSkipped,
      stores: storesData(stores),
      askAgain,
      part,
      only: onlyWhere && factCall(onlyWhere),
    }),
  );
}

/** Returns what the telemetry command is called, prints and stores. */
export function commandsData(consent: Consent): Literal {
  const { commands } = consent;
  const one = (command: Command | undefined) =>
    command && { run: command.run, prints: command.prints, stores: storesData(command.stores) };
  return {
    of: telemetryCommand(consent),
    status: one(commands.status),
    enable: one(commands.enable),
    disable: one(commands.disable),
    forget: one(commands.forget),
  };
}

/** Returns what is written beside an answer. */
export function storesData(stores: Stores): Literal {
  return Object.fromEntries(stores.map(({ key, value }) => [key, value]));
}
