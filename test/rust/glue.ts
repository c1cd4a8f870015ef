import type { Plan, PlanField } from "../../generator/plan/plan.js";
import { givenOf, setupFields } from "../../generator/targets/rust/face.js";
import { variantsOf } from "../../generator/targets/rust/fields.js";
import { functionName, pascal, snake, text } from "../../generator/targets/rust/literal.js";

/** `glue.rs`: from a case's JSON to calls as a program writes them. What the compiler would refuse is not called. */
export function glueOf(plan: Plan): string {
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  const version = (field: PlanField) =>
    field.from.kind === "package-version" ? 'given.at("version")' : 'given.at("setup")';
  const setup = setupFields(plan).map(
    (field) =>
      `        ${snake(field.words)}: ${read(field, field.from.kind === "package-version" ? version(field) : undefined, version(field))},\n`,
  );
  const arms = events.map((one) => {
    const fields = givenOf(one).map((field) => `${snake(field.words)}: ${read(field, undefined, "fields")}`);
    const given = fields.length === 0 ? "" : `&telemetry::${pascal(one.words)} { ${fields.join(", ")} }`;
    return `        ${text(one.name)} => telemetry::${functionName(one.words)}(${given}),\n`;
  });
  const borrows = setupFields(plan).some(({ value }) => value.is === "text" || value.is === "line");
  const { state, product, consent } = plan;
  const place = (state?.path ?? "none.json").replace(/^~\//, "").replace(/^\{app_dir\}\//, `.config/${product}/`);
  const said =
    state?.declared === true && Object.keys(consent.commands).length > 0
      ? "let told = telemetry::command(args);\n    let _ = told.print();\n    told.code"
      : "let _ = args;\n    2";
  const logged =
    plan.delivery.onFailure === "log" || plan.delivery.debug?.stream === "log"
      ? "transport.with_log(log)"
      : "{ let _ = log; transport }";
  return [
    "use crate::json::Json;\nuse crate::telemetry;\n\n",
    `pub fn setup(given: &Json) -> Option<telemetry::Setup${borrows ? "<'_>" : ""}> {\n    let _ = given;\n    Some(telemetry::Setup {\n${setup.join("")}    })\n}\n\n`,
    `pub const STATE: &str = ${text(place)};\n\npub fn command(args: &[&str]) -> u8 {\n    ${said}\n}\n\n`,
    "pub fn logged(transport: telemetry::Transport, log: fn(telemetry::Level, &str)) -> telemetry::Transport {\n",
    `    ${logged}\n}\n\n`,
    `pub fn record(event: &str, fields: &Json) -> Option<()> {\n    let _ = fields;\n    match event {\n${arms.join("")}        _ => {}\n    }\n    Some(())\n}\n`,
  ].join("");
}

function read(field: PlanField, whole: string | undefined, from: string): string {
  const at = whole ?? `${from}.at(${text(field.name)})`;
  if (!field.optional) return `${taken(field, at)}?`;
  // What can't be given is left out.
  return taken(field, at);
}

function taken({ value, words }: PlanField, at: string): string {
  switch (value.is) {
    case "flag":
      return `${at}.flag()`;
    case "integer":
      return `${at}.whole()`;
    case "below":
    case "up-to":
      return `${at}.number()`;
    case "one-of": {
      // What is no text becomes what any other text becomes.
      if (value.otherwise !== undefined) return `Some(${at}.text().unwrap_or("\\0"))`;
      const type = pascal(words);
      const arms = [...variantsOf(value.values as readonly string[])].map(
        ([name, one]) => `${text(one)} => Some(telemetry::${type}::${name}),`,
      );
      return `${at}.text().and_then(|it| match it { ${arms.join(" ")} _ => None })`;
    }
    default:
      return `${at}.text()`;
  }
}
