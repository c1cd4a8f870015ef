import type { Model } from "../../generator/model/model.js";
import { leaves, replaced, wordsAt } from "./leaves.js";

/** Each of these broke a shipped tool, or is what an attacker would try on this one. */
export const HOSTILE: readonly string[] = [
  "*/ alert(1) /*",
  "a ` b",
  "``` c",
  "~~~ fence ~~~",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that must come out as it stands, and not as a template.
  "${process.env.HOME} and $x$",
  "one | two || three",
  "back\\|slash \\",
  "<b>bold</b><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "&lt;b&gt; &#60;b&#62; &amp;",
  "first line\nsecond line\n\n# a heading\n\n- an item\n\n| a | table |\n| --- | --- |",
  "--> <!-- -->",
  "\"\"\" '''",
  "\u200fright to left\u202e\u2066",
  "[click](javascript:alert(1)) ![x](http://example.test/x.png) [x]: http://example.test",
  "<javascript:alert(1)> <https://example.test>",
  "# not a heading",
  "1. not a list",
  "+ nor this",
  "=====",
  "---",
  "> no quote",
  "*no* _emphasis_ **here** __or__ ~~there~~",
  "it's done",
  "    indented",
  "[^1] [ ] [x] task",
  "{{ template }} {% raw %} <%= erb %>",
  "nul\u0000 bell\u0007 \ud800 lone",
  'https://example.test/?a=1|b`c<d>"e',
  "@someone #123 :smile:",
];

/** Every text that an author wrote, replaced. `except`: keys whose texts stay, such as patterns that are compiled. */
export function withTexts(model: Model, change: (text: string) => string, except: readonly string[] = []): Model {
  const fixed = ["type", "required", ...except];
  const texts = leaves(model, structural).filter(
    (leaf) =>
      typeof leaf.value === "string" &&
      wordsAt(leaf) === undefined &&
      !fixed.includes(String(leaf.path.findLast((step) => typeof step === "string"))),
  );
  return texts.reduce((changed, { path, value }) => replaced(changed, path, change(String(value))), model);
}

/** Leaves that the builder derives rather than takes from the spec, or what decides the page's form and not its words. */
const structural: ReadonlySet<string> = new Set([
  "at",
  "codeName",
  "frozen",
  "changes",
  "kind",
  "rule",
  "identifier",
  "justification",
  "date",
  "storedAs",
  // What the commands have in common decides whether `show` and `reset` are printed beside them.
  "run",
]);
