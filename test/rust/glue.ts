import type { Plan, PlanField } from "../../generator/plan/plan.js";
import { conditionOf, givenOf, isConfigured, setupFields } from "../../generator/targets/rust/face.js";
import { isRandom, madeIdentifiers } from "../../generator/targets/rust/identities.js";
import { constantName } from "../../generator/targets/rust/late.js";
import { functionName, pascal, snake, text } from "../../generator/targets/rust/literal.js";
import { calledOf, isLoose, type Named, within } from "../../generator/targets/rust/named.js";
import { givenIn, typeOf, variantsOf } from "../../generator/targets/rust/types.js";

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
  const borrows = setupFields(plan).some((one) => typeOf(one).includes("'a"));
  const { state, product, consent } = plan;
  const place = (state?.path ?? "none.json").replace(/^~\//, "").replace(/^\{app_dir\}\//, `.config/${product}/`);
  const said =
    state?.declared === true && Object.keys(consent.commands).length > 0
      ? "let told = telemetry::command(args);\n    let _ = told.print();\n    told.code"
      : "let _ = args;\n    2";
  const drawing = isRandom(plan)
    ? "if fails { transport.with_random(|_| false) } else { transport }"
    : "{ let _ = fails; transport }";
  const logged =
    plan.delivery.onFailure === "log" || plan.delivery.debug?.stream === "log"
      ? "transport.with_log(log)"
      : "{ let _ = log; transport }";
  return [
    "use crate::json::Json;\nuse crate::telemetry;\n\n",
    `pub fn setup(given: &'static Json) -> Option<telemetry::Setup${borrows ? "<'_>" : ""}> {\n    let _ = given;\n    Some(telemetry::Setup {\n${setup.join("")}    })\n}\n\n`,
    `pub const STATE: &str = ${text(place)};\n\npub fn command(args: &[&str]) -> u8 {\n    ${said}\n}\n\n`,
    `pub fn headers(request: &telemetry::Request) -> Vec<(&'static str, String)> {\n    ${plan.wire.headers.length === 0 ? "let _ = request;\n    Vec::new()" : "request.headers.clone()"}\n}\n\n`,
    isConfigured(plan)
      ? "pub fn configure(setting: fn(&str, &str) -> Option<Option<&'static Json>>) {\n    static ASKED: std::sync::OnceLock<fn(&str, &str) -> Option<Option<&'static Json>>> = std::sync::OnceLock::new();\n    let _ = ASKED.set(setting);\n    telemetry::configure(|name, key| match ASKED.get().and_then(|asked| asked(name, key)) {\n        None => telemetry::Setting::Untold,\n        Some(None) => telemetry::Setting::Absent,\n        Some(Some(Json::Flag(flag))) => telemetry::Setting::Flag(*flag),\n        Some(Some(Json::Number(number))) => telemetry::Setting::Number(*number),\n        Some(Some(Json::Text(text))) => telemetry::Setting::Text(text.clone()),\n        Some(Some(Json::Null)) => telemetry::Setting::Text(String::new()),\n        _ => telemetry::Setting::Untold,\n    });\n}\n\n"
      : "pub fn configure(_: fn(&str, &str) -> Option<Option<&'static Json>>) {}\n\n",
    `pub fn drawing(transport: telemetry::Transport, fails: bool) -> telemetry::Transport {\n    ${drawing}\n}\n\n`,
    "pub fn logged(transport: telemetry::Transport, log: fn(telemetry::Level, &str)) -> telemetry::Transport {\n",
    `    ${logged}\n}\n\n`,
    `pub fn record(event: &str, fields: &'static Json) -> Option<()> {\n    let _ = fields;\n    match event {\n${arms.join("")}        _ => {}\n    }\n    Some(())\n}\n`,
  ].join("");
}

function read(field: Named, whole: string | undefined, from: string): string {
  const at = whole ?? `${from}.at(${text(field.name)})`;
  // What can't be given is left out.
  return isLoose(field) ? taken(field, at) : `${taken(field, at)}?`;
}

/** An option of what a program would give. */
function taken(field: Named, at: string): string {
  const { value } = field;
  switch (value.is) {
    case "flag":
      return `${at}.flag()`;
    case "integer":
      return `${at}.whole()`;
    case "number":
    case "rounded":
    case "below":
    case "up-to":
      return `${at}.number()`;
    case "one-of": {
      // What is no text becomes what any other text becomes.
      if (value.otherwise !== undefined) return `Some(${at}.text().unwrap_or("\\0"))`;
      const type = pascal(calledOf(field));
      const arms = [...variantsOf(value.values as readonly string[])].map(
        ([name, one]) => `${text(one)} => Some(telemetry::${type}::${name}),`,
      );
      return `${at}.text().and_then(|it| match it { ${arms.join(" ")} _ => None })`;
    }
    case "or-null":
      return `(if matches!(${at}, Json::Null) { Some(None) } else { ${taken(within(field, value.of), at)}.map(Some) })`;
    case "or-else":
      return `Some(${at}.text().unwrap_or("\\0"))`;
    case "cut":
    case "hashed":
      return taken(within(field, value.of), at);
    case "list":
    case "items": {
      const item = taken(within(field, value.of, "item"), "it");
      const all =
        value.is === "list"
          ? `.map(|it| ${item}).collect::<Option<Vec<_>>>()?`
          : `.filter_map(|it| ${item}).collect::<Vec<_>>()`;
      return `${at}.items().and_then(|all| Some(&*Box::leak(all.iter()${all}.into_boxed_slice())))`;
    }
    case "map": {
      const key = taken(within(field, value.keys, "key"), "key");
      const item = taken(within(field, value.of, "item"), "it");
      return `${at}.entries().map(|all| &*Box::leak(all.iter().filter_map(|(key, it)| { let key: &'static Json = Box::leak(Box::new(Json::Text(key.clone()))); Some((${key}?, ${item}?)) }).collect::<Vec<_>>().into_boxed_slice()))`;
    }
    case "object": {
      const fields = givenIn(value, field).map((one) => `${snake(one.words)}: ${read(one, undefined, "it")}`);
      return `(|it: &'static Json| { it.entries()?; Some(telemetry::${pascal(calledOf(field))} { ${fields.join(", ")} }) })(${at})`;
    }
    default:
      return `${at}.text()`;
  }
}

/** The code after the module's own, for tests of identifiers. */
export function identifyOf(plan: Plan): Readonly<Record<string, string>> {
  const arms = madeIdentifiers(plan).map(
    ({ name }) => `        ${text(name)} => identity(&IDENTITIES, &${constantName(name)}),\n`,
  );
  return {
    "mod.rs": `
/// An identifier's JSON.
#[cfg(${conditionOf(plan)})]
pub fn identify(name: &str) -> Option<String> {
    contract::identify(name)
}

/// There is none.
#[cfg(not(${conditionOf(plan)}))]
pub const fn identify(_: &str) -> Option<String> {
    None
}
`,
    "contract.rs": `\npub(super) fn identify(name: &str) -> Option<String> {\n    match name {\n${arms.join("")}        _ => None,\n    }\n}\n`,
  };
}
