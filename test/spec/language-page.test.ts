import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { languagePage } from "../../generator/spec/language-page.js";
import { metaSchema } from "../../generator/spec/meta-schema.js";

const PAGE = new URL("../../docs/language.md", import.meta.url).pathname;

/** `npx vitest -u` writes the tables anew. */
test("the reference page's tables are what the tool checks by", async () => {
  await expect(languagePage(readFileSync(PAGE, "utf8"))).toMatchFileSnapshot(PAGE);
});

test("every key is on the page", () => {
  const page = languagePage(readFileSync(PAGE, "utf8"));
  const keys = new Set<string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const key of Object.keys((schema as { properties?: object }).properties ?? {})) keys.add(key);
    Object.values(schema).forEach(visit);
  };
  visit(metaSchema());
  expect(
    [...keys].filter(
      (name) => !page.includes(`\`${name}\``) && !page.includes(`.${name}\``) && !page.includes(`${name}:`),
    ),
  ).toEqual([]);
});
