import type { CodeInfo } from "./codes.js";
import type { Diagnostic } from "./diagnostic.js";

interface RunCode extends CodeInfo {
  /** `{}` is what it is about: a path, most often. */
  readonly message: string;
}

/** The mistakes around a run: the folders, the disk, the output. What can be wrong in a spec is in `codes.ts`. */
export const RUN_CODES = {
  "spec-folder": {
    severity: "error",
    title: "no contract was found",
    message: "There is no contract in {}: neither events.yaml nor systems/NAME/events.yaml.",
    why: "The folder is the configuration: spec/events.yaml is the project's own contract, spec/systems/NAME/events.yaml those of its parts.",
    mend: "Write the contract there, or name another folder with --spec DIR.",
  },
  "spec-unreadable": {
    severity: "error",
    title: "a contract could not be read",
    message: "{}",
    why: "A contract that isn't plain UTF-8 text can't be checked, and nothing is generated from it.",
    mend: "Check that the file is UTF-8 text and that you may read it.",
  },
  "spec-name": {
    severity: "error",
    title: "a folder's name can't be used",
    message: "{} can't be the name of a contract's folder.",
    why: "The name becomes part of paths and of the first line of every generated file.",
    mend: "Use letters, digits, dots, dashes and underscores.",
  },
  "also-unknown": {
    severity: "error",
    title: "a worker can't also accept another contract",
    message: "{}",
    why: "ingest.also names contracts of this project, each with its own path: the path tells the worker which client is calling. It has one store and one limit for all of them.",
    mend: "Keep the older contract under spec/systems/NAME/events.yaml, with the path that its clients use and this contract's forward_to and rate_limit.",
  },
  "files-shared": {
    severity: "warning",
    title: "two contracts use the same file",
    message: "{}",
    why: "An identifier kept there links the reports of both, and one client sends what waits for the other. Neither page says so.",
    mend: "Give each contract its own files. If they belong to one product, let one use the other's consent: consent: { use: ../NAME/events.yaml }.",
  },
  "placeholder-address": {
    severity: "warning",
    title: "reports would go to an address that nobody owns",
    message: "{}",
    why: "Names such as telemetry.example.com are reserved for examples: reports of a client released with one never arrive.",
    mend: "Write the address of your own receiver into destination.url before clients of this version are published.",
  },
  "output-place": {
    severity: "error",
    title: "the output folder can't be used",
    message: "{}",
    why: "The tool removes files with its marker from the output folder if no contract needs them, so it has to be a separate, real folder.",
    mend: "Name another folder with --out DIR.",
  },
  "output-not-writable": {
    severity: "error",
    title: "the output could not be written",
    message: "{} Nothing was changed.",
    why: "A run writes either all of its files or none.",
    mend: "Check that the folder is writable and that the disk has room, then run the command again.",
  },
  "output-busy": {
    severity: "error",
    title: "another run is writing",
    message: "Another run has been writing here for a long time ({}).",
    why: "Two runs take turns, so that the files always come from one of them.",
    mend: "Wait for it. If there is no other run, remove the folder .plainsight and run the command again.",
  },
  "output-unmarked": {
    severity: "error",
    title: "a file without the marker is where one should be generated",
    message: "{} is in the way: it does not bear plainsight's marker, so it is left as it is.",
    why: "The tool never overwrites or removes a file without its marker.",
    mend: "Move or delete it, then run the command again.",
  },
  "output-link": {
    severity: "error",
    title: "a link is where a file should be generated",
    message: "{} is a link or a special file, and those are never written through.",
    why: "A link could lead out of the output folder.",
    mend: "Remove the link, then run the command again.",
  },
  "output-folder": {
    severity: "error",
    title: "a folder is where a file should be generated",
    message: "{} is a folder, where a file should be.",
    why: "The tool only removes folders that are empty and that it made.",
    mend: "Move it, then run the command again.",
  },
  "output-file": {
    severity: "error",
    title: "a file is where a folder should be generated",
    message: "{} is a file, where a folder should be.",
    why: "The tool never removes something else to make room.",
    mend: "Move or delete it, then run the command again.",
  },
  "output-clash": {
    severity: "error",
    title: "two generated files want the same name",
    message: "Two files want to be {}, at least where capitals and small letters are one.",
    why: "On some file systems, one would silently replace the other.",
    mend: "Give one of the events or systems another name.",
  },
  "output-path": {
    severity: "error",
    title: "a generated file would be outside the output folder",
    message: "{} is not a path inside the output folder.",
    why: "Names from a contract become part of paths; none may lead elsewhere.",
    mend: "Give the event or system another name.",
  },
  "output-foreign": {
    severity: "error",
    title: "a file that wasn't generated is among the generated ones",
    message: "{} does not come from a contract.",
    why: "Everything deployed or imported from this folder must come from a contract. Some platforms read such a file before ours.",
    mend: "Move it out of the folder, or delete it.",
  },
  "file-missing": {
    severity: "error",
    title: "a generated file is missing",
    message: "{} is missing.",
    why: "The committed files must be what the contracts say.",
    mend: "plainsight gen",
  },
  "file-changed": {
    severity: "error",
    title: "a generated file differs from its contract",
    message: "{} is not what its contract says.",
    why: "The committed files must be what the contracts say.",
    mend: "plainsight gen",
  },
  "file-surplus": {
    severity: "error",
    title: "a generated file that no contract needs",
    message: "{} is no longer generated from anything.",
    why: "The committed files must be what the contracts say.",
    mend: "plainsight gen",
  },
} as const satisfies Record<string, RunCode>;

export type RunCodeName = keyof typeof RUN_CODES;

/** A finding about a run. `about` fills the message. */
export function runFinding(code: RunCodeName, about: string, hint: string = RUN_CODES[code].mend): Diagnostic {
  const { severity, message } = RUN_CODES[code];
  return { code, severity, message: message.replace("{}", () => about), hint };
}
