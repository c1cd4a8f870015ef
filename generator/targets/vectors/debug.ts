import { holds } from "../../language/consent/matches/index.js";
import { emptyWorld } from "../../language/consent/places/define.js";
import { decide } from "../../language/consent/step.js";
import type { Model } from "../../model/model.js";
import { defaultUrl } from "./endpoint.js";
import { recorded } from "./sent.js";
import { type Case, ownOf, saidOn, valueThat, valueThatNot, type World } from "./world.js";

/** Returns what is shown of a send, and to whom: in each state of the variable, for an answer, a refusal and a failure. */
export function debugCases(model: Model, world: World): readonly Case[] {
  const { debug, onFailure, logLevel } = model.delivery;
  const [event] = model.events;
  if (event === undefined) return [];
  const record = [recorded(model, event)];
  const on = debug && valueThat(debug.when);
  const off = debug && valueThatNot(debug.when);
  const states = [
    { said: "not set", env: {}, shown: false },
    ...(debug && on !== undefined ? [{ said: `${debug.env}=${on}`, env: { [debug.env]: on }, shown: true }] : []),
    ...(debug && off !== undefined
      ? [{ said: `${debug.env}=${off}`, env: { [debug.env]: off }, shown: holds(debug.when, off) }]
      : []),
  ];
  const url = defaultUrl(model);
  // The same variable may also turn it off.
  const may = (env: Readonly<Record<string, string>>) =>
    decide(model.consent, {
      ...emptyWorld(model.consent),
      config: world.config,
      stored: world.stored ?? {},
      args: [...(world.args ?? [])],
      facts: { ...world.facts },
      env: { ...world.env, ...env },
    }).enabled;
  return states
    .filter(({ env }) => may(env))
    .flatMap(({ said, env, shown }) =>
      ([204, 500, "refused"] as const).map((answer): Case => {
        const outcome = answer === "refused" ? "failed (Connection refused)" : String(answer);
        const { method = "POST" } = model.destination;
        const line = `telemetry: ${method} ${url} -> ${outcome}`;
        const told =
          shown && debug?.shows === "one-line-per-send"
            ? [
                (debug.line ?? line)
                  .replace("{url}", url)
                  .replace("{outcome}", outcome)
                  .replace(`telemetry: ${method} {url} -> {outcome}`, line),
              ]
            : [];
        const failed = onFailure === "log" && answer !== 204 ? [[logLevel, line]] : [];
        const logged = debug?.stream === "log" ? told.map((text) => [debug.level, text]) : [];
        const payload = shown && debug?.shows === "payload";
        return {
          id: `${said}, ${answer}`,
          ask: "sent",
          given: { ...world, env: { ...world.env, ...env }, record, answer },
          // How something is shown instead of sent does not depend on anybody's answer.
          expect:
            shown && debug?.sends === false
              ? { requests: [], stdout: [] }
              : {
                  // A body is shown as it travels.
                  ...(payload
                    ? { shows: debug?.stream }
                    : {
                        stderr: [...saidOn("stderr", model), ...(debug?.stream === "stderr" ? told : [])],
                        log: [...logged, ...failed],
                      }),
                  own: ownOf(model, event),
                  stdout: saidOn("stdout", model),
                },
        };
      }),
    );
}
