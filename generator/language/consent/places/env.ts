import { code, say } from "../../../emit/document.js";
import { shellVariable } from "../../../emit/shell.js";
import type { PlaceWord } from "./define.js";

interface Env {
  readonly kind: "env";
  readonly env: string;
}

/** An environment variable. */
export const env: PlaceWord<Env> = {
  keys: { env: { description: "An environment variable.", allOf: [{ $ref: "#/definitions/env" }] } },
  required: ["env"],
  sides: ["enable", "disable"],
  read: (written) => ({ kind: "env", env: String(written["env"] ?? "") }),
  by: ({ env }) => env,
  looked: ({ env }) => say`environment variable ${code(env)}`,
  textsOnly: () => true,
  refuses: (_, value) =>
    typeof value === "boolean" ? `A variable holds texts: write ${JSON.stringify(String(value))}.` : undefined,
  name: ({ env }) => `env ${env}`,
  find: () => undefined,
  put: ({ env }, value, world) => {
    if (Object.hasOwn(world.env, env) && world.env[env] !== String(value)) return false;
    world.env[env] = String(value);
    return true;
  },
  found: ({ env }, world) => world.env[env],
  holds: (value) => typeof value === "string",
  file: () => undefined,
  set: ({ env }, value) => `${env}=${value}`,
  toSet: ({ env }, value) => say`set the environment variable ${code(shellVariable(env, value))}`,
  shell: ({ env }, value) => shellVariable(env, value),
  sense: () => undefined,
  clients: ["python", "go", "rust"],
};
