import type * as Analyze from "../analyze.js";
import type * as Draft from "../draft.js";
import type * as Generate from "../generate.js";
import type { Tool } from "../pipeline.js";

/** Everything that a command may know of the process that it runs in. Only this room has it. */
export interface Context {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results: what a person asked for, or a script reads. */
  readonly out: (text: string) => void;
  /** Errors and progress. */
  readonly err: (text: string) => void;
  /** True if standard error is a terminal: progress is shown only there. */
  readonly isTerminal: boolean;
  readonly color: boolean;
  /** Columns of the terminal that results go to; undefined where they go to a file or a pipe. */
  readonly columns: number | undefined;
  /** The same for what is written for people in any case, or 80. */
  readonly width: number;
  readonly version: string;
  /** Asks the person at the terminal; not there where nobody is. Undefined: there was no answer. */
  readonly ask?: ((question: string) => Promise<string | undefined>) | undefined;
  /** Hears the first Ctrl-C in place of ending, for commands that go on to report. Returns what stops hearing. */
  readonly onInterrupt?: ((heard: () => void) => () => void) | undefined;
  /** The tool's own templates. */
  readonly templates: string;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  /** Imports a module of the project. */
  readonly load: (specifier: string) => Promise<unknown>;
  readonly analyze: () => Promise<typeof Analyze>;
  readonly generate: () => Promise<typeof Generate>;
  readonly draft: () => Promise<typeof Draft>;
  /** The tool for a run on one project. */
  readonly toolFor: (project: string, progress: Tool["progress"]) => Tool;
}

/** A run of a command ends with one of these: clean, findings or drift, could not run. */
export type ExitCode = 0 | 1 | 2;
