import { createInterface } from "node:readline/promises";

/** A question for the person at the terminal, on stderr: stdout is for results. Undefined: Ctrl-C or Ctrl-D, there is no answer. */
export async function askOnTerminal(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      lines.once("SIGINT", () => resolve(undefined)).once("close", () => resolve(undefined));
      lines.question(question).then(resolve, reject);
    });
  } finally {
    lines.close();
  }
}
