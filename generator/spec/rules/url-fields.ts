import type { Report } from "../report.js";
import { suggestion } from "../suggest.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** The URL is one, its placeholders are fields, and every such field is in it. */
export function urlFields({ model, root, whole }: Judged, report: Report): void {
  if (!whole("destination")) return;
  const { url, urlFields: fields } = model.destination;
  const place = at(root, "destination", "url") ?? root;
  const names = fields.map(({ wireName }) => wireName);
  const placeholders = [...url.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
  for (const name of placeholders) {
    if (names.includes(name)) continue;
    report.add("unknown-placeholder", place, `Nothing fills {${name}} in.`, {
      hint: names.length === 0 ? "Declare it under destination.url_fields." : suggestion(name, names, "Fields"),
    });
  }
  for (const { wireName, at: field } of fields) {
    if (placeholders.includes(wireName)) continue;
    report.add("unused-url-field", field, `The URL has no {${wireName}}.`, {
      hint: "Put it into the URL, or remove the field.",
    });
  }
  const filled = url.replaceAll(/\{[^{}]*\}/g, "x");
  if (!URL.canParse(filled) || /[{}]/.test(filled) || /^https:\/\/[^/]*\{/.test(url)) {
    report.add("url-invalid", place, "This is not a URL that can be filled in.", {
      hint: "Placeholders stand in the path, as {name}; the host is fixed.",
    });
  }
}
