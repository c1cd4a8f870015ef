import type { Covered, Live, Row } from "./live.js";

/** Shows each request as it comes. Everything that came is text: nothing of it becomes markup. */
function start(): void {
  const source = new EventSource("/-/live");
  source.addEventListener("message", ({ data }: MessageEvent<string>) => show(JSON.parse(data) as Live));
  source.addEventListener("error", () => {
    element("status").textContent =
      "The connection is gone: plainsight dev was ended, or begins anew with a contract that changed. This page waits for it.";
  });
  element("send").addEventListener("click", () => {
    const example = element<HTMLSelectElement>("example").selectedIndex;
    void fetch(`/-/send?example=${example}`, { method: "POST" });
  });
}

function element<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found as Kind;
}

function show({ all, coverage, endpoint, examples, host, product, requests }: Live): void {
  const rows = element("rows");
  if (all) {
    document.title = `${product} - plainsight dev`;
    element("product").textContent = product;
    element("where").replaceChildren(
      `${host}. Send to `,
      made("code", endpoint),
      ". Nothing is stored, no rate limit.",
    );
    element("example").replaceChildren(...examples.map((name) => new Option(name)));
    rows.replaceChildren();
    element("status").textContent = "Nothing has come yet.";
    element<HTMLIFrameElement>("page").src = "/-/contract";
  }
  for (const request of requests) {
    rows.prepend(row(request));
    element("status").textContent = `Request ${request.id}: ${summary(request)}`;
  }
  while (rows.childElementCount > 200) rows.lastElementChild?.remove();
  cover(coverage);
}

/** `mixed`: let in, but not all of it. */
function kindOf({ kept, outcome, refused }: Row): "passed" | "mixed" | "refused" {
  if (outcome === "accepted" && refused.length === 0) return "passed";
  return kept.length > 0 ? "mixed" : "refused";
}

function summary({ kept, outcome, refused, status }: Row): string {
  const stored = kept.length === 0 ? "nothing kept" : `${kept.length} kept`;
  const stopped = refused.length === 0 ? "" : `, ${refused.length} did not pass`;
  // "Accepted" beside "nothing kept" would be true of the answer alone.
  const said = outcome === "accepted" && kept.length === 0 ? "" : ` ${outcome.replaceAll("_", " ")}`;
  return `${status}${said}, ${stored}${stopped}`;
}

function row(request: Row): HTMLLIElement {
  const { bytes, id, kept, meaning, method, path, refused, time } = request;
  const details = document.createElement("details");
  details.className = kindOf(request);
  details.open = refused.length > 0;
  const outcome = made("span", summary(request));
  outcome.className = "outcome";
  const head = made("summary", `${time} `);
  head.append(made("code", `${method} ${path}`), ` ${bytes} bytes: `, outcome);
  const inner = document.createElement("div");
  inner.append(made("p", meaning));
  if (refused.length > 0) inner.append(made("h3", "Did not pass"), table(refused));
  if (kept.length > 0) inner.append(made("h3", "Passed, as it would be stored"), ...kept.map(stored));
  details.append(head, inner);
  const item = document.createElement("li");
  item.id = `request-${id}`;
  item.append(details);
  return item;
}

function stored({ event, fields, value }: Row["kept"][number]): HTMLElement {
  const text = `${event}${value === undefined ? "" : ` ${value}`} ${JSON.stringify(fields, null, 1).replace(/\n\s*/g, " ")}`;
  const block = made("div", text);
  block.className = "kept";
  return block;
}

function table(refused: Row["refused"]): HTMLElement {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const title of ["Place", "Verdict", "Why, and what happens"]) {
    const cell = made("th", title);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const { about, place, verdict } of refused) {
    const name = document.createElement("th");
    name.scope = "row";
    name.append(made("code", place));
    const row = body.insertRow();
    row.append(name, made("td", verdict), made("td", about));
  }
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.append(table);
  return scroll;
}

function cover(coverage: readonly Covered[]): void {
  const fields = coverage.flatMap((event) => event.fields);
  const events = coverage.filter(({ seen }) => seen > 0).length;
  const seen = fields.filter((field) => field.seen > 0).length;
  element("covered").textContent =
    `${events} of ${coverage.length} ${coverage.length === 1 ? "event" : "events"}, ${seen} of ${fields.length} fields have passed since the start.`;
  element("coverage").replaceChildren(...coverage.map(coveredRow));
}

function coveredRow({ event, fields, seen }: Covered): HTMLTableRowElement {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.append(made("code", event));
  const count = made("td", seen === 0 ? "never" : String(seen));
  count.className = seen === 0 ? "none" : "number";
  const unseen = fields.filter((field) => field.seen === 0);
  const rest = document.createElement("td");
  if (unseen.length === 0) rest.className = "done";
  rest.textContent =
    unseen.length === 0
      ? "\u2713 all seen"
      : unseen.map(({ name, optional }) => (optional ? `${name} (optional)` : name)).join(", ");
  row.append(name, count, rest);
  return row;
}

/** Text only. */
function made<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text: string): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

start();
