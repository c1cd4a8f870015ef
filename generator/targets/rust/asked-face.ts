import type { Plan } from "../../plan/plan.js";
import { doc, pascal } from "./literal.js";

/** `first run` → `FirstRun`. */
export function whereOf(where: string): string {
  return pascal(
    where
      .split(/[^A-Za-z0-9]+/)
      .filter((word) => word !== "")
      .map((word) => word.toLowerCase()),
  );
}

/** Returns whether a person has something to type. */
export function hasCommand({ state, consent }: Plan): boolean {
  return state?.declared === true && Object.keys(consent.commands).length > 0;
}

/** Returns the functions that a program calls for it. */
export function askedFace(plan: Plan): string {
  const { consent } = plan;
  const atStart = consent.evaluated === "at-start" ? " Call it before [`setup`], which reads the answer." : "";
  const asks =
    consent.ask.length === 0
      ? ""
      : ASK(
          consent.ask.map((question) => question.where),
          atStart,
        );
  if (!hasCommand(plan)) return asks;
  const runs = Object.values(consent.commands).map((one) => `\`${one.run}\``);
  return `${asks}${OUTPUT}\n${doc([
    `What stands behind ${runs.join(", ")}, and \`show\` beside them. It is given the words behind the command's own, and prints nothing: [\`Output::print\`] does.`,
  ])}pub fn command<Word: AsRef<str>>(words: &[Word]) -> Output {\n    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();\n    inner::command(&words)\n}\n`;
}

/** The same where the build has no telemetry. */
export function askedAbsent(plan: Plan): string {
  return [
    ...(plan.consent.ask.length === 0
      ? []
      : [
          "    pub(super) fn ask(\n        _: super::Where,\n        _: impl FnOnce(&super::Question) -> Option<bool>,\n    ) -> super::Decision {\n        decision()\n    }\n",
          "    pub(super) const fn on_terminal(_: &super::Question) -> Option<bool> {\n        None\n    }\n",
        ]),
    ...(hasCommand(plan) ? [ABSENT_COMMAND] : []),
  ].join("");
}

const ASK = (places: readonly string[], atStart: string) => `
/// A question that the contract puts.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The text that people read.
    pub text: &'static str,
    /// The answer that Enter takes.
    pub preselected: bool,
}

/// The places where a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
${places.map((place) => `${doc([place], "    ")}    ${whereOf(place)},\n`).join("")}}

${doc([
  `Asks, if the contract says so and a person can answer; otherwise it returns at once. The prompt gets the question and returns the answer, or nothing where there is none: [\`on_terminal\`], or a function of the program's own.${atStart}`,
])}pub fn ask(place: Where, prompt: impl FnOnce(&Question) -> Option<bool>) -> Decision {
    inner::ask(place, prompt)
}

/// Puts the question on the terminal, on standard error.
#[must_use]
pub fn on_terminal(question: &Question) -> Option<bool> {
    inner::on_terminal(question)
}
`;

const OUTPUT = `
/// The output of the telemetry command.
#[derive(Clone, Debug)]
#[must_use]
pub struct Output {
    /// 0: done. 1: it could not be done, or does not hold. 2: not understood.
    pub code: u8,
    /// Lines for standard output.
    pub stdout: String,
    /// Lines for standard error.
    pub stderr: String,
}

impl Output {
    /// Prints it, and returns the exit code.
    #[must_use]
    pub fn print(&self) -> std::process::ExitCode {
        use std::io::Write as _;
        // A stream that is closed is nobody's concern.
        let _ = std::io::stdout().write_all(self.stdout.as_bytes());
        let _ = std::io::stderr().write_all(self.stderr.as_bytes());
        std::process::ExitCode::from(self.code)
    }
}
`;

const ABSENT_COMMAND = `    pub(super) fn command(words: &[&str]) -> super::Output {
        let looks = words.first().map_or(true, |word| *word == "status");
        super::Output {
            code: u8::from(!looks),
            stdout: String::from(if looks {
                "enabled: no\\ndecided_by: build\\n"
            } else {
                ""
            }),
            stderr: String::from(if looks {
                ""
            } else {
                "This build has no telemetry; nothing was changed.\\n"
            }),
        }
    }
`;
