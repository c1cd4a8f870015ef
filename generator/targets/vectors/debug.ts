import { holds } from "../../language/consent/matches/index.js";
import { emptyWorld } from "../../language/consent/places/define.js";
import { decide } from "../../language/consent/step.js";
import type { Model } from "../../model/model.js";
import { defaultUrl, wholeUrl } from "./endpoint.js";
import { anyTold, due, recorded, where } from "./sent.js";
import { type Case, ownOf, saidOn, valueThat, valueThatNot, type World } from "./world.js";

/** Returns what is shown of a send, and to whom: in each state of the variable, for an answer, a refusal and a failure. */
export function debugCases(model: Model, anywhere: World): readonly Case[] {
  const { debug, onFailure, logLevel } = model.delivery;
  const event = anyTold(model);
  if (event === undefined) return [];
  const world = where(anywhere, event);
  const record = due(world, event, recorded(model, event));
  const on = debug && valueThat(debug.when);
  const off = debug && valueThatNot(debug.when);
  const states = [
    { said: "not set", env: {}, shown: false },
    ...(debug && on !== undefined ? [{ said: `${debug.env}=${on}`, env: { [debug.env]: on }, shown: true }] : []),
    ...(debug && off !== undefined
      ? [{ said: `${debug.env}=${off}`, env: { [debug.env]: off }, shown: holds(debug.when, off) }]
      : []),
  ];
  const { url = "" } = wholeUrl(model, event, defaultUrl(model));
  const shownBefore = saidOn("stderr", model);
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
        // A failure may be told behind it, or it is tried again.
        const isShownLast = answer === 204 || (failed.length === 0 && model.delivery.attempts === 1);
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
                  ...(url === "" || shownBefore === undefined
                    ? {}
                    : payload
                      ? { shows: isShownLast ? debug?.stream : undefined }
                      : {
                          stderr: [...shownBefore, ...(debug?.stream === "stderr" ? told : [])],
                          log: [...logged, ...failed],
                        }),
                  own: ownOf(model, event),
                  stdout: saidOn("stdout", model),
                },
        };
      }),
    );
}
