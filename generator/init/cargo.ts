/** Returns whether a Cargo.toml is a crate's, and not just of a workspace. */
export function isCrate(text: string): boolean {
  return /^\s*\[package\]/m.test(text);
}

/**
 * Returns a crate's Cargo.toml with the feature that its telemetry is compiled with. Undefined: it has features of its own, which only its owner
 * knows, or it is no crate.
 */
export function withFeature(text: string): string | undefined {
  if (!isCrate(text) || /^\s*\[features\b/m.test(text)) return undefined;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = ["", "[features]", 'default = ["telemetry"]', "telemetry = []", ""];
  return `${text.replace(/(?:\r?\n)*$/, end)}${lines.join(end)}`;
}
