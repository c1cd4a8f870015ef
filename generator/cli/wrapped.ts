import { Help } from "commander";

/** Lines no longer than the terminal is wide, where words allow it. */
export function wrapped(text: string, width: number, indent = 0): string {
  const help = new Help();
  help.minWidthToWrap = 20;
  return help.boxWrap(text, width - indent).replace(/^/gm, " ".repeat(indent));
}
