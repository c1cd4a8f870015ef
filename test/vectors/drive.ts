import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";

/** A question and what is expected of the answer. */
export interface Case {
  readonly id: string;
  readonly ask: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, unknown>>;
}

export interface VectorFile {
  readonly world?: Readonly<Record<string, unknown>>;
  readonly cases: readonly Case[];
}

type Json = Readonly<Record<string, unknown>>;
type Request = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Puts every case of these files to one runner, and tells those that were answered otherwise. */
export async function failures(
  command: readonly string[],
  ...files: readonly VectorFile[]
): Promise<readonly string[]> {
  return (await failuresOfEach(command, files)).flat();
}

/** Puts the cases of all files to one runner, when the first file is asked about: a runner takes longer to start than to answer. */
export function failuresByName(
  command: () => readonly string[],
  files: () => readonly (readonly [name: string, file: VectorFile])[],
): (name: string) => Promise<readonly string[]> {
  let asked: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const ask = async () => {
    const all = files();
    const found = await failuresOfEach(
      command(),
      all.map(([, file]) => file),
    );
    return new Map(all.map(([name], at) => [name, found[at] ?? []]));
  };
  return async (name) => {
    asked ??= ask();
    return (await asked).get(name) ?? [`${name}: never asked`];
  };
}

async function failuresOfEach(
  command: readonly string[],
  files: readonly VectorFile[],
): Promise<readonly (readonly string[])[]> {
  const questions = files.flatMap(({ world, cases }) =>
    cases.map(({ ask, given }) => ({ ask, given: { ...world, ...given } })),
  );
  const answers = await ask(
    command,
    questions.map((question, id) => ({ id, ...question })),
  );
  let asked = 0;
  return files.map(({ cases }) => {
    const from = asked;
    asked += cases.length;
    return wrongOf(cases, answers.slice(from, asked));
  });
}

function wrongOf(cases: readonly Case[], answers: readonly Answer[]): readonly string[] {
  const wrong = cases.flatMap(({ id, expect }, at) => {
    const { answer, error, unknown, refused } = answers[at] ?? { error: "no answer" };
    // What a contract's own examples ask can be asked in every language.
    if (refused === true && !/(payload|exits)\.json /.test(id)) return [];
    const wrong =
      refused === true ? "refused" : unknown === true ? "unknown" : (error ?? differs(expect, answer ?? {}));
    return wrong === undefined ? [] : [`${id}: ${wrong}`];
  });
  return wrong.length > 5 ? [...wrong.slice(0, 5), `and ${wrong.length - 5} more`] : wrong;
}

interface Answer {
  readonly answer?: Json;
  readonly error?: string;
  readonly unknown?: true;
  /** There can be no program that asks so: its compiler refuses it. */
  readonly refused?: true;
}

async function ask(
  [program = "", ...args]: readonly string[],
  questions: readonly object[],
): Promise<readonly Answer[]> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const answers: Answer[] = [];
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(questions.map((one) => `${JSON.stringify(one)}\n`).join(""));
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as Answer);
  await ended;
  return answers;
}

/** Returns how an answer differs; undefined where nothing is. */
function differs(expect: Json, answer: Json): string | undefined {
  const own = (expect["own"] ?? {}) as Json;
  for (const [key, wanted] of Object.entries(expect)) {
    const found = answer[key];
    const said = (what: unknown) => `${key}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(what)}`;
    switch (key) {
      case "own":
        break;
      case "requests": {
        const wrong = requestsDiffer(wanted as readonly Json[], (found ?? []) as readonly Request[], own);
        if (wrong !== undefined) return wrong;
        break;
      }
      case "shows": {
        const bodies = ((answer["requests"] ?? []) as readonly Request[]).map(({ body }) => body);
        const lines = answer[wanted as string] as readonly (string | readonly string[])[];
        const shown = lines.map((line) => (typeof line === "string" ? line : line[1]));
        // The headers and the query that a contract draws are shown in front of the body.
        const last = shown.slice(-bodies.length).map((text, at) => {
          const body = bodies[at] ?? "";
          return text?.endsWith(`\n${body}`) ? body : text;
        });
        if (bodies.length === 0 || !isDeepStrictEqual(last, bodies)) return said(lines);
        break;
      }
      case "counts": {
        const requests = (answer["requests"] ?? []) as readonly Request[];
        const events = requests.reduce((sum, { body }) => sum + eventsIn(body), 0);
        if (!isDeepStrictEqual(wanted, { requests: requests.length, events }))
          return said({ requests: requests.length, events });
        break;
      }
      case "files": {
        if (!sameFiles(wanted as Json, (found ?? {}) as Json)) return said(found);
        break;
      }
      case "form": {
        const { pattern, most, least } = wanted as { pattern?: string; most?: number; least?: number };
        const [value] = (answer["values"] ?? []) as readonly unknown[];
        const fits =
          typeof value === "string"
            ? new RegExp(pattern ?? "").test(value)
            : typeof value === "number" && value >= (least ?? 0) && value <= (most ?? value);
        if (!fits) return said(value);
        break;
      }
      case "same": {
        const [first, second] = (answer["values"] ?? []) as readonly unknown[];
        if (first !== second || first === undefined || first === null) return said(answer["values"]);
        break;
      }
      case "stored": {
        const wrong = Array.isArray(wanted)
          ? !wanted.every((name) => ((found ?? []) as readonly unknown[]).includes(name))
          : !includes(found, wanted);
        if (wrong) return said(found);
        break;
      }
      case "values":
        if (
          !isDeepStrictEqual(
            wanted,
            ((found ?? []) as readonly unknown[]).slice(0, (wanted as readonly unknown[]).length),
          )
        )
          return said(found);
        break;
      case "last": {
        const line = ((answer["stdout"] ?? []) as readonly string[]).at(-1);
        if (line !== wanted) return said(line);
        break;
      }
      case "gone": {
        const text = JSON.stringify(answer["stored"] ?? null);
        if ((wanted as readonly string[]).some((one) => text.includes(one))) return said(text);
        break;
      }
      case "refused":
        if ("travels" in answer) return said(answer["travels"]);
        break;
      default:
        if (!isDeepStrictEqual(wanted, found)) return said(found);
    }
  }
  return undefined;
}

function requestsDiffer(wanted: readonly Json[], found: readonly Request[], own: Json): string | undefined {
  if (wanted.length !== found.length)
    return `${found.length} requests, wanted ${wanted.length}: ${JSON.stringify(found)}`;
  for (const [at, expected] of wanted.entries()) {
    const { url, headers, body } = found[at] as Request;
    if ("url" in expected && expected["url"] !== url) return `url ${url}, wanted ${String(expected["url"])}`;
    for (const [name, value] of Object.entries((expected["headers"] ?? {}) as Json))
      if ((headers[name] ?? headers[name.toLowerCase()] ?? null) !== value)
        return `header ${name}: ${headers[name]}, wanted ${String(value)}`;
    if ("body" in expected) {
      const sent = withExamples(body, own);
      if (sent !== expected["body"]) return `body ${sent}\n  wanted ${String(expected["body"])}`;
    }
    if ("json" in expected) {
      const sent = withExamples(body, own);
      const { json } = expected;
      if (!isDeepStrictEqual(JSON.parse(sent), typeof json === "string" ? JSON.parse(json) : json))
        return `body ${sent}\n  wanted ${typeof json === "string" ? json : JSON.stringify(json)}`;
    }
  }
  return undefined;
}

/** A body with what only the machine knows replaced by what stands for it in the expected bytes. */
function withExamples(body: string, own: Json): string {
  // A whole body that is encoded is looked into.
  if (/^[\w-]{16,}$/.test(body)) {
    const inner = Buffer.from(body, "base64url").toString();
    if (/^[{[]/.test(inner)) return Buffer.from(withExamples(inner, own)).toString("base64url");
  }
  return Object.entries(own).reduce((text, [name, example]) => {
    const label = new RegExp(`(?<=[{,])${name}="(?:[^"\\\\]|\\\\.)*"`, "g");
    // Also where it is drawn behind something: "Context.NAME".
    const key = new RegExp(`("(?:[^"\\\\]*\\.)?${name}"):(?:"(?:[^"\\\\]|\\\\.)*"|[^",}\\]]+)`, "g");
    // JSON inside a text of JSON.
    const inside = new RegExp(`(?<=\\\\"${name}\\\\":)(?:\\\\"[^"\\\\]*\\\\"|[^",}\\]\\\\]+)`, "g");
    return text
      .replace(label, () => `${name}="${String(example)}"`)
      .replace(key, (_, called: string) => `${called}:${JSON.stringify(example)}`)
      .replace(inside, () => JSON.stringify(JSON.stringify(example)).slice(1, -1));
  }, body);
}

function eventsIn(body: string): number {
  const lists = Object.values(JSON.parse(body) as Json).filter(Array.isArray);
  return lists[0]?.length ?? 1;
}

function sameFiles(wanted: Json, found: Json): boolean {
  const left = new Map(Object.entries(found));
  for (const [name, text] of Object.entries(wanted)) {
    const match = [...left.keys()].find((one) =>
      name.endsWith("*") ? one.startsWith(name.slice(0, -1)) : one === name,
    );
    if (match === undefined || (text !== null && left.get(match) !== text)) return false;
    left.delete(match);
  }
  return left.size === 0;
}

function includes(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return isDeepStrictEqual(found, wanted);
  return Object.entries(wanted).every(([key, value]) =>
    isDeepStrictEqual((found as Json | null)?.[key] ?? null, value),
  );
}
