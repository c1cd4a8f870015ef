import type { CliCommand } from "../command.js";
import { checkCommand } from "./check.js";
import { genCommand } from "./gen.js";

/** Every command, in the order of `--help`. */
export const commands = [genCommand, checkCommand] as const satisfies readonly CliCommand[];
