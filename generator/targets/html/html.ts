import { printHtml, scriptText } from "../../emit/html.js";
import { contractPage } from "../../page/page.js";
import { printValidation } from "../../validation/print-validation.js";
import { onRequest } from "../names.js";
import type { Target } from "../target.js";
import { rulesOf } from "./rules.js";

/** The same page as TELEMETRY.md for a website, in one file, with a search and a box that checks a payload. */
export const htmlTarget = {
  name: "html",
  describes: "telemetry.html, the same page for a website, which also judges a pasted payload",
  onRequest: onRequest.html,
  embeds: "templates/html",
  generate: (model, embedded = {}) => {
    const { checks, validators } = printValidation(model);
    const names = checks.all.map(({ name }) => name).join(", ");
    const parts = {
      style: embedded["page.css"] ?? "",
      // The receiver's own validators, then the page's script, then the one told of the other.
      script: scriptText(`\n${validators}\n${embedded["page.js"] ?? ""}\nplainsightPage.start({ ${names} });\n`),
      data: { rules: rulesOf(model, checks) },
      side,
      pointer,
      tool,
    };
    return [{ path: "telemetry.html", text: printHtml(contractPage(model), parts) }];
  },
} satisfies Target;

const side = `<div role="search">
<label for="search">Search this page</label>
<input id="search" type="search" autocomplete="off" spellcheck="false" aria-describedby="found">
<p id="found" role="status"></p>
</div>
<p><a href="#check-a-payload">Check a payload</a></p>`;

const pointer = `<p class="pointer">You saw something being sent? <a href="#check-a-payload">Check it against this list.</a></p>`;

const tool = `<section id="check" aria-labelledby="check-a-payload">
<h2 id="check-a-payload">Check a payload</h2>
<p>Paste what you saw being sent. It is judged here, in your browser, by the code that the receiver uses; nothing leaves this page.</p>
<label for="example">Begin with an example</label>
<select id="example"><option value="">none</option></select>
<label for="payload">Payload</label>
<textarea id="payload" spellcheck="false" autocomplete="off" aria-describedby="payload-hint"></textarea>
<p class="hint" id="payload-hint">Ctrl + Enter checks it, too.</p>
<button id="judge" type="button">Check it</button>
<p id="verdict" role="status"></p>
<div class="table" id="findings" tabindex="0" role="group" aria-label="What was found" hidden>
<table>
<thead><tr><th scope="col">Place</th><th scope="col">Sent</th><th scope="col">Verdict</th><th scope="col">What is allowed, or what happens</th></tr></thead>
<tbody></tbody>
</table>
</div>
</section>`;
