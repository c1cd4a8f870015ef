import {
  type Block,
  code,
  codeBlock,
  type Inline,
  list,
  paragraph,
  prose,
  type Section,
  say,
  table,
} from "../../emit/document.js";
import { printMarkdown } from "../../emit/markdown.js";
import { shellQuoted } from "../../emit/shell.js";
import { workerName } from "../../language/sinks/define.js";
import type { Model } from "../../model/model.js";
import { timePlace } from "../../model/wire.js";
import type { OutputFile } from "../target.js";
import { deletionSection } from "./deploy-deletion.js";
import { afterDeploy, backendSection, beforeDeploy, retentionSection } from "./deploy-sink.js";
import { curlLine, exampleRequest } from "./example-request.js";
import { costsOf, isPriced, pricesAsOf } from "./prices.js";
import { sinkOf } from "./sinks.js";
import { assumed, volumeOf } from "./volume.js";
import { ownHost } from "./wrangler.js";

/** From nothing to a verified endpoint, for this contract; and one request to try it with. */
export function deployFiles(model: Model): readonly OutputFile[] {
  return [{ path: "worker/DEPLOY.md", text: deployPage(model) }];
}

export function deployPage(model: Model): string {
  return printMarkdown({
    title: `Deploy the receiver of ${model.product}`,
    source: model.source,
    intro: [paragraph(introduction(model))],
    sections: [
      workers(model),
      dns(model),
      secrets(model),
      backendSection(model),
      outage(model),
      retentionSection(model),
      deletionSection(model),
      node(model),
      costs(model),
    ],
  });
}

function introduction(model: Model): Inline {
  const { destination, ingest } = model;
  const whose =
    ownHost(model) === undefined
      ? say`The contract's receiver is run by ${ingest.operatedBy ?? destination.operator.name}; what lies here serves tests, and whoever hosts it alone. `
      : "";
  return say`${whose}All that is needed lies in this folder. It is public on purpose: ${code("allowlist.js")} is everything that can be stored. Commands are run in this folder. Wrangler asks for Node 22 or newer and for a Cloudflare account; the receiver itself runs on Node 20.12, too.`;
}

function workers(model: Model): Section {
  const host = ownHost(model);
  const origin = host === undefined ? `https://${workerName(model)}.<your-subdomain>.workers.dev` : `https://${host}`;
  const commands = [
    "npx wrangler login",
    ...beforeDeploy(model),
    "npx wrangler deploy --dry-run",
    "npx wrangler deploy",
    ...afterDeploy(model),
    `curl ${origin}/`,
    tryLine(model, origin),
  ];
  return {
    title: "On Cloudflare Workers",
    blocks: [
      codeBlock("sh", commands.join("\n")),
      paragraph(
        say`The first ${code("curl")} shows in plain text what is collected. The second sends one example and is answered with ${code(String(model.ingest.responses.accepted))}. It is stored like any other event, under the identifiers of the contract's examples${pastTime(model)}. Then, in the folder where you run ${code("plainsight gen")}:`,
      ),
      codeBlock("sh", verifyLine(model, origin)),
      paragraph(
        say`It compares everything that the endpoint says with the contract, and lets it judge examples and foreign values without storing them. It says what is proved and what is only stated. You can tell readers of the source which version runs: ${code("npx wrangler deploy --var SOURCE_COMMIT:$(git rev-parse HEAD)")}, and ${code("--var SOURCE_DIGEST:sha256-…")} for a digest of its files (on Node: the environment). ${code("GET /")} and the contract's page repeat both.`,
      ),
    ],
  };
}

/** The body stands in `pages.js`: this page then stays the same when a field is added. */
function tryLine(model: Model, origin: string): string {
  const request = exampleRequest(model);
  if (request.method === "GET" || request.method === "HEAD") return curlLine(request, origin);
  const body = `node -e 'import("./pages.js").then(({ example }) => console.log(example.body))'`;
  return curlLine({ ...request, body: "" }, origin).replace(/''$/, () => `"$(${body})"`);
}

function pastTime({ ingest, wire }: Model): string {
  return timePlace(wire) !== undefined && ingest.acceptTimes !== undefined
    ? ", at the time when it comes: its own is long past"
    : "";
}

/** It compares with the contract's own file, which does not lie beside this page. */
function verifyLine({ source }: Model, origin: string): string {
  const [, folder = "spec", system] = /^(.*?)(?:\/systems\/([^/]+))?\/[^/]+$/.exec(source) ?? [];
  const options = [
    ...(folder === "spec" ? [] : ["--spec", folder]),
    ...(system === undefined ? [] : ["--system", system]),
  ];
  return [
    "npx plainsight verify",
    origin,
    ...options.map((word) => (/^[\w./-]+$/.test(word) ? word : shellQuoted(word))),
  ].join(" ");
}

function dns(model: Model): Section {
  const host = ownHost(model);
  const text =
    host === undefined
      ? say`The worker answers under ${code("workers.dev")}. For a name of your own that lies in the same account: ${code("npx wrangler deploy --domain <your-name>")}.`
      : say`${code("wrangler deploy")} makes ${code(host)} a custom domain of the worker: the DNS record and the certificate are created automatically. Its zone must be in the same Cloudflare account, and no other record may have that name.`;
  return { title: "DNS", blocks: [paragraph(text)] };
}

function secrets(model: Model): Section {
  const secret = model.ingest.forwardTo?.secret;
  const text =
    secret === undefined
      ? "This contract needs none."
      : say`${code(secret)} is all there is. Its value is typed into ${code("wrangler secret put")} (on Node: the environment), is in no file here, and is never logged. To change it, put it again: the next request uses it (on Node: start it again).`;
  return { title: "Secrets", blocks: [paragraph(text)] };
}

function outage(model: Model): Section {
  const name = workerName(model);
  const blocks: Block[] = sinkOf(model).queued
    ? [
        paragraph(
          say`What was accepted waits in the queue ${code(name)} and is tried again for as long as the queue keeps it (four days, unless you raise it). What the backend refuses for good, and what waited too long, lies in ${code(`${name}-dead`)}, where you can look at it. To go without a queue, remove ${code("queues")} from a copy of ${code("wrangler.jsonc")}: each event then gets one attempt.`,
        ),
        codeBlock(
          "sh",
          `npx wrangler queues info ${name}-dead\nnpx wrangler queues update ${name} --message-retention-period-secs 1209600`,
        ),
      ]
    : [
        paragraph(
          "The store is part of the platform: there is no queue in front of it, and each request is written once.",
        ),
      ];
  return { title: "When the backend is down", blocks };
}

function node(model: Model): Section {
  const secret = model.ingest.forwardTo?.secret;
  return {
    title: "On a machine of your own",
    blocks: [
      codeBlock(
        "sh",
        `${secret === undefined ? "" : `${secret}=… `}TELEMETRY_DATA=/var/lib/${workerName(model)} node node.mjs`,
      ),
      list([
        say`It listens on ${code("127.0.0.1:8787")} (${code("HOST")}, ${code("PORT")}); put a TLS-terminating proxy in front. Turn off its access log: it would contain the IP addresses that the receiver never reads.`,
        ...(sinkOf(model).queued ? inSpool(model) : inDatabase(model)),
        say`${code("GET /health")} is ${code("200")} while all is well, ${code("503")} and a reason while nothing more can be kept. ${code("SIGTERM")} lets requests finish. Once a minute a line of counters goes to the output; nothing else does.`,
        say`To try it without any backend: ${code("node node.mjs --try")}. Events go into ${code("events.db")}, or ${code("events.jsonl")} if Node has no SQLite (before 22.13).`,
      ]),
    ],
  };
}

function inSpool(model: Model): readonly Inline[] {
  return [
    say`What was accepted is on disk, in ${code("$TELEMETRY_DATA/spool")}, before it is answered; it survives ${code("kill -9")} and is sent in order when the backend is back. At most ${code("TELEMETRY_SPOOL_MAX")} bytes wait (64 MiB). What can't be kept, since they are full or the disk is, is answered with ${unavailable(model)} and counted.`,
    say`Several processes, in containers too, may share ${code("$TELEMETRY_DATA")}: each has its own part of the spool, and sends what a process that has died left in its part.`,
    say`What the backend refuses for good, with a wrong key for example, is kept in ${code("spool/refused.jsonl")}. To send it once more, rename that file to ${code("spool/1.jsonl")}.`,
  ];
}

function inDatabase(model: Model): readonly Inline[] {
  return [
    say`What was accepted is stored, in ${code("$TELEMETRY_DATA")}, before it is answered; it survives ${code("kill -9")}. What can't be stored is answered with ${unavailable(model)} and counted.`,
    say`Several processes may share ${code("$TELEMETRY_DATA")}.`,
  ];
}

function unavailable({ ingest }: Model): Inline {
  return code(String(ingest.responses.unavailable ?? 503));
}

const machines = [1_000, 100_000, 10_000_000] as const;

function costs(model: Model): Section {
  const volume = volumeOf(model);
  const rows = costsOf(model, volume, machines).map(({ what, at }) => [
    what,
    ...at.map(({ amount, dollars }) => `${amount > 1 ? `${short(amount)}: ` : ""}$${money(dollars)}`),
  ]);
  const { activeDays, groupsPerDay, rareTimes, timesPerDay } = assumed;
  return {
    title: "What it costs",
    blocks: [
      paragraph(
        say`One active machine causes about ${String(volume.requests)} requests (${volume.requestsBecause}) and ${String(volume.events)} stored rows a month:`,
      ),
      table(
        ["Event", "A month", "Because"],
        volume.lines.map(({ name, monthly, because }) => [code(name), String(monthly), because]),
      ),
      paragraph(
        `Assumptions, because no contract can know these: ${activeDays} active days a month, ${timesPerDay} times a day for what has no limit (${rareTimes} a month where rollups count what is frequent), ${groupsPerDay} groups a day in a rollup. Replace them with your own figures. Costs per month in US dollars, by the vendors' public prices of ${pricesAsOf}, without tax:`,
      ),
      table(["", ...machines.map((count) => `${short(count)} machines`)], rows),
      ...(sinkOf(model).queued && !isPriced(model) ? [paragraph("Your own backend comes on top.")] : []),
      ...(model.ingest.rateLimit === undefined
        ? []
        : [paragraph(prose("Whoever floods the endpoint is answered with 429; those requests are paid for, too."))]),
    ],
  };
}

function short(amount: number): string {
  if (amount >= 1e9) return `${trimmed(amount / 1e9)}G`;
  if (amount >= 1e6) return `${trimmed(amount / 1e6)}M`;
  return amount >= 1e3 ? `${trimmed(amount / 1e3)}k` : String(amount);
}

function trimmed(number: number): string {
  return number.toFixed(1).replace(/\.0$/, "");
}

function money(dollars: number): string {
  return dollars
    .toFixed(dollars >= 100 ? 0 : 2)
    .replace(/\B(?=(\d{3})+(?!\d))/g, (comma, _digits, at, all: string) =>
      all.includes(".") && at > all.indexOf(".") ? comma : ",",
    );
}
