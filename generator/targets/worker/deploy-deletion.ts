import { type Block, code, paragraph, prose, type Section, say } from "../../emit/document.js";
import { workerName } from "../../language/sinks/define.js";
import { FORGET_PATH } from "../../model/forget.js";
import type { Model } from "../../model/model.js";
import { identifierFields } from "./schema-sql.js";
import { sinkOf } from "./sinks.js";

/** Returns what to do when somebody names an identifier and wants to be forgotten: a query per identifier, for the contract's sink. */
export function deletionSection(model: Model): Section {
  const { deletion } = model.destination;
  const promised = deletion === undefined ? [] : [paragraph(say`What users were told: ${prose(deletion)}`)];
  const identifiers = identifierFields(model);
  const blocks =
    identifiers.length === 0
      ? [paragraph("Stored reports don't say whose they are, so there is nothing to look for.")]
      : [...identifiers.flatMap((identifier) => forget(model, identifier)), ...onTheWay(model)];
  return { title: "Deletion requests", blocks: [...promised, ...byCommand(model), ...blocks] };
}

/** Returns what users can do by themselves, and what that needs. */
function byCommand(model: Model): readonly Block[] {
  const command = model.consent.commands.forget;
  if (command === undefined) return [];
  const needs = sinkOf(model).forgetNeeds;
  return [
    paragraph(
      say`Users ask by themselves, with ${code(command.run)}: ${code(`POST ${FORGET_PATH}`)} deletes everything under the random identifier in it. Nothing about it is logged but that it happened.${needs === undefined ? "" : say` ${needs}`}`,
    ),
  ];
}

function forget(model: Model, identifier: string): readonly Block[] {
  return [
    paragraph(say`With the ${code(identifier)} that the user names, in place of ${code(`<${identifier}>`)}:`),
    ...sinkOf(model).deletion(model, identifier),
  ];
}

/** Describes accepted events that are not stored yet; they are somebody's, too. */
function onTheWay(model: Model): readonly Block[] {
  if (!sinkOf(model).queued) return [];
  const name = workerName(model);
  return [
    paragraph(
      say`What still waits for the backend is stored later: do it again once the queue (${code(`npx wrangler queues info ${name}`)}), or ${code("spool")} on Node, is empty. What the backend refused lies apart: purge ${code(`${name}-dead`)} (${code(`npx wrangler queues purge ${name}-dead`)}), or on Node delete ${code("spool/refused.jsonl")}.`,
    ),
  ];
}
