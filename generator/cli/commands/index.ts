import type { CliCommand } from "../command.js";
import { checkCommand } from "./check.js";
import { diffCommand } from "./diff.js";
import { freezeCommand } from "./freeze.js";
import { genCommand } from "./gen.js";
import { raiseCommand } from "./raise.js";

/** Every command, in the order of `--help`. */
export const commands = [
  genCommand,
  checkCommand,
  diffCommand,
  raiseCommand,
  freezeCommand,
] as const satisfies readonly CliCommand[];
