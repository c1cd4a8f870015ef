/** A fault that somebody could make in a runtime: what is written there, and what is written instead. */
export type Mutant = readonly [file: string, from: string, to: string];

/** Of what checks values and draws requests. */
export const RUST: readonly Mutant[] = [
  ["runtime.rs", "text.len() <= most || ", "text.len() <= most + 1 || "],
  ["runtime.rs", "text.encode_utf16().count()", "text.chars().count()"],
  ["runtime.rs", "given < *edge", "given <= *edge"],
  ["runtime.rs", "given.floor() <= *edge", "given <= *edge"],
  ["runtime.rs", "one.is_control()", "one == '\\0'"],
  ["runtime.rs", "!text.is_empty() && ", ""],
  ["runtime.rs", "self.0.len() > 1", "self.0.len() > 20"],
];

/** The same of answers, and of what the machine says. */
export const RUST_ANSWERS: readonly Mutant[] = [
  ["runtime.rs", "Some(Found::Nothing) => Found::Nothing", "Some(_) => Found::Nothing"],
  ["runtime.rs", 'if !self.takes(":") || member_of(&found, &name).is_some()', 'if !self.takes(":")'],
  ["runtime.rs", "(whole == \"0\" || !whole.starts_with('0'))", "!whole.is_empty()"],
  ["runtime.rs", "one if one < ' ' => return None,\n", ""],
  ["runtime.rs", "told.is_within(epoch, f64::MAX)", "told.is_within(0.0, f64::MAX)"],
  ["runtime.rs", "filter(|content| content.is_exact())", "filter(|_| true)"],
  ["runtime.rs", "(arg == name).then_some(next)", "arg.starts_with(name).then_some(next)"],
  ["runtime.rs", 'scheme == "http" && http_allowed.contains(&host.as_str())', 'scheme == "http"'],
  ["runtime.rs", "if terms.epoch > 1 {", "if terms.epoch > 9 {"],
  ["runtime.rs", "if is_no(other) => Found::Untold", "if is_no(other) => Found::Nothing"],
  ["runtime.rs", "        || is_falsy(&text)\n", ""],
  ["runtime.rs", "is_err_and(|why| why.kind() == ErrorKind::NotFound)", "is_err()"],
  ["runtime.rs", "let _ = std::fs::remove_file(file);", "let _ = file;"],
  ["runtime.rs", "if refused {", "if false {"],
  ["runtime.rs", "if replaced != Some(true) && is_still(&lock, &file) {", "if false {"],
];

/** The same of values, of identifiers, and of requests that are drawn. */
export const RUST_VALUES: readonly Mutant[] = [
  ["runtime.rs", "near.rotate_right(17)", "near.rotate_right(18)"],
  ["runtime.rs", "bits.to_be_bytes()", "bits.to_le_bytes()"],
  ["runtime.rs", "[..12], 16", "[..11], 16"],
  ["runtime.rs", "quoted(product), quoted(name)", "quoted(name), quoted(product)"],
  ["runtime.rs", 'b"-_"', 'b"+/"'],
  ["runtime.rs", "for at in 0..=three.len()", "for at in 0..three.len()"],
  ["runtime.rs", ".filter(|(name, _)| !placed.contains(name))", ""],
  ["runtime.rs", "(1..=1024).contains(&text.len()) && ", ""],
  ["runtime.rs", "(b' '..=b'~').contains(&one)", "one > 0"],
  ["runtime.rs", "if !refused {", "if true {"],
  ["runtime.rs", "is_none() && identity_in(all, one, state).is_none()", "is_none()"],
  ["runtime.rs", "one.key.filter(|_| one.opt_in || !with_yes)", "one.key"],
  ["runtime.rs", "made.push((one.name, value.clone()));", ""],
  ["runtime.rs", "InCi::Text(text) if is_ci(&variable)", "InCi::Text(text) if text.is_empty()"],
  ["runtime.rs", "if !fill_random(&mut bytes) {", "if !fill_random(&mut bytes) && count > 99 {"],
  ["runtime.rs", 'key.filter(|key| key != "__proto__")', "key"],
  ["runtime.rs", ".filter(|_| is_short)", ""],
  ["runtime.rs", "whole + 1", "whole"],
  ["runtime.rs", "near.copysign(given)", "near"],
  ["runtime.rs", "if items.len() > most {", "if items.len() > most + 1 {"],
  ["runtime.rs", "if entries.len() > most {", "if entries.len() > most + 1 {"],
  ["runtime.rs", "            set_key(inner, rest, value);\n", ""],
];
