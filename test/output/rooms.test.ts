import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtimes = ["templates/client/runtime", "templates/worker/runtime", "templates/worker/node"];
const rooms = runtimes.flatMap((runtime) =>
  readdirSync(runtime)
    .map((name) => join(runtime, name))
    .filter((path) => statSync(path).isDirectory()),
);

// The files of a room become one: a name that means two things in it would compile in neither.
test.each(rooms)("in %s each name means one thing", (room) => {
  const meanings = new Map<string, Set<string>>();
  const means = (name: string, what: string) => meanings.set(name, (meanings.get(name) ?? new Set()).add(what));
  for (const file of readdirSync(room).filter((name) => /(?<!\.d)\.ts$/.test(name))) {
    // It stands in another's place, never beside it.
    if (file.startsWith("no-")) continue;
    const text = readFileSync(join(room, file), "utf8");
    for (const [, name = ""] of text.matchAll(DECLARATION)) means(name, join(room, file));
    for (const [, list = "", from = ""] of text.matchAll(IMPORT)) {
      for (const one of list.split(",").map((part) => part.trim().replace(/^type /, ""))) {
        const [name = "", alias = name] = one.split(" as ");
        if (name !== "")
          means(
            alias,
            `${from.startsWith(".") ? join(room, from).replace(/js$/, "ts") : from}${alias === name ? "" : ` ${name}`}`,
          );
      }
    }
  }
  const double = [...meanings]
    .filter(([, what]) => what.size > 1)
    .map(([name, what]) => `${name}: ${[...what].join(", ")}`);
  expect(double).toEqual([]);
  // In its own file it would only hide the language's; in the room's it hides it from the others.
  const hiding = [...meanings.keys()].filter((name) => name in globalThis || UTILITIES.has(name));
  expect(hiding).toEqual([]);
});

const UTILITIES = new Set([
  "Record",
  "Partial",
  "Readonly",
  "Required",
  "Pick",
  "Omit",
  "Exclude",
  "Extract",
  "Awaited",
  "ReturnType",
]);
const DECLARATION = /^(?:export )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;
const IMPORT = /^import (?:type )?\{([^}]*)\} from "([^"]+)";/gm;
