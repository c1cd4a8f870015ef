import { isGivenBy } from "../../plan/counters.js";
import type { Plan, PlanField, PlanValue } from "../../plan/plan.js";
import { Call, docstring, type Literal, literal, Name, text } from "./literal.js";
import { functionName, snake } from "./names.js";
import { parameterName } from "./rollups.js";

/**
 * `test_telemetry.py`: for the product's own run of pytest.
 * @param importName what the package is imported as.
 * @param to its folder, where that isn't beside the tests: then it need not be installed to be tested.
 */
export function printTests(plan: Plan, importName: string, to?: string): string {
  const called = Object.fromEntries(
    plan.emitters.flatMap((one) => {
      if (one.kind === "rollup") {
        const by = one.by
          .filter((field) => isGivenBy(one, field))
          .map((field) => [field.name, parameterName(field)] as const);
        return [[one.name, [snake(one.words), Object.fromEntries(by) as Record<string, Literal>]] as const];
      }
      if (one.kind === "metric") return [];
      const given = one.fields
        .filter(({ name }) => one.given.includes(name))
        .map((field) => [field.name, calledName(field)]);
      return [[one.name, [functionName(one.words), Object.fromEntries(given) as Record<string, Literal>]] as const];
    }),
  );
  const entries = Object.entries(called).map(
    ([name, [emitter, fields]]) =>
      `    ${text(name)}: (\n        ${text(emitter)},\n        ${literal(fields, "        ", 8, 1)},\n    ),\n`,
  );
  const table = entries.length === 0 ? "CALLED: Called = {}\n" : `CALLED: Called = {\n${entries.join("")}}\n`;
  const clocks = plan.emitters.flatMap((one) =>
    one.kind === "event" && one.schedule !== undefined ? [functionName(one.words)] : [],
  );
  const choosy = plan.emitters.flatMap((one) =>
    one.kind === "event" && one.fields.some((field) => one.given.includes(field.name) && isMissed(field))
      ? [functionName(one.words)]
      : [],
  );
  const despite = plan.emitters.flatMap((one) =>
    one.kind === "event" && one.evenWhenOff !== undefined ? [[one.name, [...one.evenWhenOff.despite]] as const] : [],
  );
  const once = plan.setup.fields.filter(({ value }) => namesInside(value) !== undefined);
  const args = [importName, new Name('HERE.parent / "vectors"'), new Name("CALLED")];
  const product = new Call("Product", args, {
    by_the_clock: clocks.length === 0 ? undefined : clocks,
    choosy: choosy.length === 0 ? undefined : choosy,
    despite: despite.length === 0 ? undefined : Object.fromEntries(despite),
    once: once.length === 0 ? undefined : Object.fromEntries(once.map((field) => [field.name, calledName(field)])),
  });
  return [
    docstring(
      [`${plan.product} is held to its contract, wherever its own tests run: \`pytest\` and nothing else is needed.`],
      "",
    ),
    "\nfrom __future__ import annotations\n\nimport sys\nfrom pathlib import Path\n\nimport pytest\n\n",
    "HERE = Path(__file__).parent\n",
    ...(to === undefined
      ? ["sys.path.insert(0, str(HERE))\n\n"]
      : [
          `ROOT = next((one for one in HERE.parents if (one / ${text(to)}).is_dir()), HERE)\n`,
          `sys.path[:0] = [str(HERE), str(ROOT${to.startsWith("src/") ? ' / "src"' : ""})]\n\n`,
        ]),
    "from telemetry_suite import Called, Case, Product\n\n",
    table,
    `\nPRODUCT = ${literal(product, "", "PRODUCT = ".length)}\n`,
    'CONSENT = PRODUCT.cases("consent")\n',
    'NO = [case for case in CONSENT if not case["expect"]["enabled"] and "part" not in case["given"]]\n',
    ...[
      ['@pytest.mark.parametrize("case", CONSENT)', "consent", "case: Case, tmp_path: Path", "case, tmp_path"],
      [
        '@pytest.mark.parametrize("case", PRODUCT.cases("payload"))',
        "payload",
        "case: Case, tmp_path: Path",
        "case, tmp_path",
      ],
      [
        '@pytest.mark.parametrize("case", NO)',
        "off_is_off",
        "case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch",
        "case, tmp_path, monkeypatch",
      ],
      ["", "never_throws", "tmp_path: Path", "tmp_path"],
      ["", "no_stdout", "tmp_path: Path, capfd: pytest.CaptureFixture[str]", "tmp_path, capfd"],
      ["", "same_face", "", ""],
    ].map(
      ([mark, name, parameters, args]) =>
        `\n\n${mark === "" ? "" : `${mark}\n`}def test_${name}(${parameters}) -> None:\n    PRODUCT.${name}(${args})\n`,
    ),
  ].join("");
}

/** True if an event isn't sent without a value of this field, and nothing is made of a broken one. */
function isMissed({ value, optional, part, sinceEpoch, expires, onlyWhen }: PlanField): boolean {
  const isGated = part !== undefined || sinceEpoch !== undefined || expires !== undefined;
  if (optional || isGated || Object.keys(onlyWhen).length > 0) return false;
  if (value.is === "one-of") return value.otherwise === undefined;
  return ["flag", "integer", "text", "line"].includes(value.is);
}

/** Returns what a caller calls a field; and what stands inside of it, where that is called otherwise than it travels. */
function calledName({ words, value }: PlanField): Literal {
  const inside = namesInside(value);
  return inside === undefined ? snake(words) : new Call("", [snake(words), inside]);
}

function namesInside(value: PlanValue): { readonly [name: string]: Literal } | undefined {
  switch (value.is) {
    case "object": {
      const names = value.fields.map((field) => [field.name, calledName(field)] as const);
      return names.every(([name, called]) => name === called) ? undefined : Object.fromEntries(names);
    }
    case "cases": {
      const all = value.cases.flatMap(({ of }) => Object.entries(namesInside(of) ?? {}));
      return all.length === 0 ? undefined : Object.fromEntries(all);
    }
    case "map": {
      const each = namesInside(value.of);
      return each && { "*": each };
    }
    case "list":
    case "items":
    case "or-null":
    case "or-else":
    case "cut":
      return namesInside(value.of);
    case "always":
    case "flag":
    case "integer":
    case "number":
    case "rounded":
    case "text":
    case "line":
    case "one-of":
    case "hashed":
    case "below":
    case "up-to":
      return undefined;
    default:
      return value satisfies never;
  }
}
