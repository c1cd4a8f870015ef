import type { Model } from "../model/model.js";

/** A file to be written, or not: only `output/apply` decides. */
export interface OutputFile {
  /** Relative to the contract's output folder, with forward slashes; a leading `~/` names the project's root. */
  readonly path: string;
  readonly text: string;
}

/** A pure function from the model to files: no file system, clock, environment, or other target. */
export interface Target {
  readonly name: string;
  /** For `--help`: what it writes. */
  readonly describes: string;
  readonly generate: (model: Model) => readonly OutputFile[] | Promise<readonly OutputFile[]>;
}
