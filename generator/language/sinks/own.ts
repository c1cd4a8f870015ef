import { code, codeBlock, paragraph, say } from "../../emit/document.js";
import { defineSink } from "./define.js";

/** A sink of one's own: one function in one file that is the user's. */
export const own = defineSink({
  about: "a sink of your own: a function in `worker/own-sink.js`, which is yours",
  called: "a store of the makers' own choice",
  needs: [],
  knows: ["url", "secret"],
  file: "sinks/own",
  export: "own",
  onNode: { file: "own-store", export: "ownStore" },
  own: "own-sink",
  queued: true,
  dashboards: [],
  backend: () => [
    paragraph(
      say`A function of yours, in ${code("own-sink.js")} beside this page. The file is yours: no run of the generator touches or removes it. It is called with entries that passed the contract and nothing else, in order, at most 500 at a time; what it throws means that the store is down, and the same entries come again.`,
    ),
    codeBlock("js", STARTER),
  ],
  retention: () => [paragraph("Set it at the backend.")],
  deletion: (_, identifier) => [
    paragraph(
      say`In your store, delete each entry whose ${code(`fields[${JSON.stringify(identifier)}]`)} is that value.`,
    ),
  ],
  forgets: false,
});

const STARTER = `// @ts-check
/** @type {typeof import("./own-sink.js").send} */
export async function send(entries, env) {
  const response = await fetch("https://store.example.com/events", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: \`Bearer \${env.STORE_KEY}\` },
    body: JSON.stringify(entries),
  });
  // Stored, to be tried again, or never to be taken.
  if (response.ok) return { kind: "stored" };
  return response.status < 500
    ? { kind: "refused", reason: \`status \${response.status}\`, because: "all" }
    : { kind: "retry", reason: \`status \${response.status}\` };
}`;
