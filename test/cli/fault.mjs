// Loaded before the command: ends it by a signal right before its Nth change of the project's disk, and counts those changes.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { FAULT_FOLDER = "", FAULT_AT = "0", FAULT_SIGNAL = "SIGKILL", FAULT_LOG = "" } = process.env;
const changes = ["mkdirSync", "writeFileSync", "linkSync", "renameSync", "rmSync", "rmdirSync"];
let done = 0;
for (const name of changes) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (args.some((arg) => typeof arg === "string" && arg.startsWith(FAULT_FOLDER))) {
      done += 1;
      if (FAULT_LOG !== "") fs.appendFileSync(FAULT_LOG, `${name} ${args[0]}\n`);
      if (done === Number(FAULT_AT)) process.kill(process.pid, FAULT_SIGNAL);
    }
    return original(...args);
  };
}
syncBuiltinESMExports();
