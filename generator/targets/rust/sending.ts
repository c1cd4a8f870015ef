import { drawsPlainly, type Wire } from "../../model/wire.js";
import type { Plan } from "../../plan/plan.js";
import { hasCommand } from "./asked-face.js";
import { type Drawing, drawnArgs, isTimed } from "./drawn.js";
import { hasCome, isLate } from "./late.js";
import { text } from "./literal.js";
import { readsState } from "./state.js";

/** Prints how one event is sent: where and as the machine says. */
export function sendCode(plan: Plan): readonly string[] {
  const { consent, destination, delivery } = plan;
  const { debug } = delivery;
  const stopped = readsState(plan) ? "is_stopped(place().as_deref(), &self.versions)" : "is_gone()";
  const notice =
    consent.notice !== undefined
      ? [`        if ${stopped} || !show_notice(&TERMS, &NOTICE) {\n            return;\n        }\n`]
      : readsState(plan)
        ? [`        if ${stopped} {\n            return;\n        }\n`]
        : [];
  const away = destination.override !== undefined;
  const drawing = drawingOf(plan);
  const args = isDrawnPlainly(plan)
    ? `event, ${drawing.late ? "&fields" : "fields"}`
    : drawnArgs(drawing, drawing.late ? "&fields" : "fields");
  const headed = plan.wire.headers.length > 0;
  const queried = "query" in plan.wire && plan.wire.query !== undefined;
  const url = away ? "url" : "self.url";
  const shown =
    debug?.shows !== "payload"
      ? []
      : [
          "        if is_shown() && !is_gone() {\n",
          ...(debug.stream === "stderr"
            ? ["            tell_person(false, &body);\n"]
            : [
                `            if let Some(log) = self.transport.log {\n                log(${levelOf(debug.level)}, &body);\n            }\n`,
              ]),
          "        }\n",
        ];
  return [
    `    pub(super) fn send(&self, event: &str, fields: &[Option<Entry>]${drawing.late ? ", late: &[Late]" : ""}) {\n`,
    ...notice,
    ...(away ? ["        let Some(url) = address(&self.url) else {\n            return;\n        };\n"] : []),
    ...(drawing.timed ? ["        let at = clock();\n"] : []),
    ...(drawing.common && !plan.common.some((one) => isLate(one, true))
      ? ["        let common = self.common.clone();\n"]
      : []),
    ...(plan.common.some((one) => isLate(one, true))
      ? ["        let Some(common) = completed(&self.common, COMMON_LATE) else {\n            return;\n        };\n"]
      : []),
    ...plan.common.flatMap(({ expires }, at) =>
      expires === undefined ? [] : [`        let common = without(common, ${at}, ${hasCome(expires)});\n`],
    ),
    ...(drawing.late
      ? ["        let Some(fields) = completed(fields, late) else {\n            return;\n        };\n"]
      : []),
    `        let body = self.body(${args});\n`,
    ...shown,
    ...(headed ? [`        let headers = self.headers(&${url}, ${args});\n`] : []),
    ...(queried ? [`        let url = with_query(&${url}, &self.query(${args}));\n`] : []),
    headed
      ? `        hand_over_with(&self.transport, &${queried ? "url" : url}, headers, body);\n    }\n\n`
      : `        hand_over(&self.transport, &${queried ? "url" : url}, body);\n    }\n\n`,
  ];
}

/** Prints what is done when the program says what became of a request. */
export function endCode(plan: Plan): readonly string[] {
  const { debug, onFailure } = plan.delivery;
  const line = debug?.shows === "one-line-per-send" ? (debug.line ?? "telemetry: POST {url} -> {outcome}") : undefined;
  const shown =
    line === undefined
      ? []
      : [
          "    if is_shown() {\n",
          `        let line = line_about(${text(line)}, &request.url, outcome);\n`,
          debug?.stream === "stderr"
            ? "        tell_person(false, &line);\n"
            : `        if let Some(log) = request.log {\n            log(${levelOf(debug?.level ?? "debug")}, &line);\n        }\n`,
          "    }\n",
        ];
  const kept = hasCommand(plan)
    ? [
        "    if decision().enabled {\n        keep_sent(place().as_deref(), &request.url, outcome.ok(), &request.body);\n    }\n",
      ]
    : [];
  const stopped = readsState(plan)
    ? [
        "    if let (Ok(410), Some(client)) = (outcome, CLIENT.get()) {\n        stop(place().as_deref(), &client.versions);\n    }\n",
      ]
    : [];
  return [
    "/// What the program says became of a request.\n#[rustfmt::skip]\n",
    "pub(super) fn ended(request: &Request, outcome: Result<u16, &str>) {\n",
    ...shown,
    ...kept,
    ...stopped,
    `    note_end(${{ log: "request.log", silent: "None" }[onFailure]}, &request.url, outcome);\n}\n\n`,
  ];
}

function levelOf(level: string): string {
  return `Level::${level.replace(/^./, (first) => first.toUpperCase())}`;
}

/** Returns whether a body is but whole sets, which stand there from the start on. */
export function isDrawnPlainly(plan: Plan): boolean {
  return drawsPlainly(plan.wire as Wire) && !drawingOf(plan).common;
}

/** The values filled in when an event is sent, and the place of the time. */
export function drawingOf(plan: Plan): Drawing & { readonly late: boolean } {
  const events = plan.emitters.flatMap((emitter) => (emitter.kind === "event" ? emitter.fields : []));
  return {
    common: plan.common.some((one) => isLate(one, true) || one.expires !== undefined),
    late: events.some((event) => isLate(event, false)),
    timed: isTimed(plan),
  };
}
