import type { CliCommand } from "../command.js";
import { checkCommand } from "./check.js";
import { completionCommand } from "./completion.js";
import { devCommand } from "./dev.js";
import { diffCommand } from "./diff.js";
import { explainCommand } from "./explain.js";
import { exportCommand } from "./export.js";
import { freezeCommand } from "./freeze.js";
import { genCommand } from "./gen.js";
import { importCommand } from "./import.js";
import { initCommand } from "./init.js";
import { learnCommand } from "./learn.js";
import { observeCommand } from "./observe.js";
import { planCommand } from "./plan.js";
import { raiseCommand } from "./raise.js";
import { resolveCommand } from "./resolve.js";
import { verifyCommand } from "./verify.js";

/** Every command, in the order of `--help`. */
export const commands = [
  initCommand,
  learnCommand,
  importCommand,
  exportCommand,
  genCommand,
  checkCommand,
  devCommand,
  diffCommand,
  raiseCommand,
  freezeCommand,
  resolveCommand,
  explainCommand,
  planCommand,
  verifyCommand,
  observeCommand,
  completionCommand,
] as const satisfies readonly CliCommand[];
