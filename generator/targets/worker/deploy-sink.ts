import { type Block, list, paragraph, prose, type Section, say } from "../../emit/document.js";
import { workerName } from "../../language/sinks/define.js";
import type { Model } from "../../model/model.js";
import { sinkOf } from "./sinks.js";

/** The commands that a sink needs before the first deployment: queues, tables, secrets. */
export function beforeDeploy(model: Model): readonly string[] {
  const name = workerName(model);
  const { before, queued } = sinkOf(model);
  const secret = model.ingest.forwardTo?.secret;
  return [
    ...(queued ? [`npx wrangler queues create ${name}`, `npx wrangler queues create ${name}-dead`] : []),
    ...(before?.(model) ?? []),
    ...(secret === undefined ? [] : [`npx wrangler secret put ${secret}`]),
  ];
}

export function afterDeploy(model: Model): readonly string[] {
  return sinkOf(model).after?.(model) ?? [];
}

export function backendSection(model: Model): Section {
  const stated = model.ingest.forwardTo?.backendSettings ?? [];
  const blocks: Block[] = [...sinkOf(model).backend(model)];
  if (stated.length > 0)
    blocks.push(paragraph("The contract promises its readers these settings; check each:"), list(stated.map(prose)));
  return { title: "The backend", blocks };
}

export function retentionSection(model: Model): Section {
  const { retention } = model.destination;
  const days = Number(/^(\d+)d$/.exec(retention?.raw ?? "")?.[1] ?? 365);
  const promised =
    retention?.raw === undefined
      ? "The contract doesn't state a retention; this assumes one year."
      : say`The contract promises that raw events go after ${prose(retention.raw)}.`;
  const blocks = sinkOf(model).retention(model, days);
  const byHand = blocks.some((block) => block.kind === "code");
  return {
    title: "Retention",
    blocks: [paragraph(byHand ? say`${promised} Run this once a day:` : promised), ...blocks],
  };
}
