import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Runner } from "../output/lock.js";

/** This process, under a name that no other run ever has, made of the machine, the process, its start and a random number. */
export function thisRunner(): Runner {
  const host = hostname().replace(/[^\w-]/g, "_");
  return {
    name: [host, process.pid, statOf(process.pid)?.start ?? "", randomBytes(6).toString("hex")].join("."),
    lives: (name) => {
      const [itsHost, pid, start] = name.split(".");
      // Another machine's processes can't be seen: better to wait for one too many than to write over each other.
      if (itsHost !== host) return true;
      const now = statOf(Number(pid));
      if (now === undefined) return exists(Number(pid));
      return !now.isOver && (start === "" || now.start === start);
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

/**
 * Returns what the system tells of a process, where it does: when it began (a number is given again one day, the two together never), and
 * whether it is over. A zombie is: it only waits for its parent to look, and holds nothing any more.
 */
function statOf(pid: number): { readonly start: string; readonly isOver: boolean } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return { start: fields[19] ?? "", isOver: ["Z", "X", "x"].includes(fields[0] ?? "") };
  } catch {
    return undefined;
  }
}
