import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Runner } from "../output/lock.js";

/** This process, under a name that no other run ever has: machine, process, its start, and chance. */
export function thisRunner(): Runner {
  const host = hostname().replace(/[^\w-]/g, "_");
  return {
    name: [host, process.pid, startOf(process.pid), randomBytes(6).toString("hex")].join("."),
    lives: (name) => {
      const [itsHost, pid, start] = name.split(".");
      // Another machine's processes can't be seen: better to wait for one too many than to write over each other.
      if (itsHost !== host) return true;
      return exists(Number(pid)) && (start === "" || startOf(Number(pid)) === start);
    },
  };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, where the system tells: a process number is given again one day, the two together never. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
