import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error: a build script without types.
import { bundlePageScript } from "../../../generator/build-page-script.mjs";
import type { Model } from "../../../generator/model/model.js";
import { htmlTarget } from "../../../generator/targets/html/html.js";
import { temporaryFolder } from "../../support/temp-folder.js";

const folder = temporaryFolder("page-script");
await bundlePageScript(process.cwd(), join(folder, "page.js"));
const embedded = {
  "page.js": readFileSync(join(folder, "page.js"), "utf8"),
  "page.css": readFileSync("templates/html/page.css", "utf8"),
};
rmSync(folder, { recursive: true });

/** telemetry.html of a contract, with the script as it is built. */
export function htmlOf(model: Model): string {
  return htmlTarget.generate(model, embedded)[0]?.text ?? "";
}
