import type { Model } from "../model/model.js";

/** A file to be written, or not: only `output/apply` decides. */
export interface OutputFile {
  /** Relative to the contract's output folder, with forward slashes; a leading `~/` names the project's root. */
  readonly path: string;
  readonly text: string;
}

/** A folder of hand-written runtime code: what of it the target's own files need goes out with them, byte for byte. */
export interface RuntimeFolder {
  /** In the tool: `templates/client/runtime`. Each of its files begins with our marker, naming itself. */
  readonly from: string;
  /** Relative to the contract's output folder: `client/runtime`. */
  readonly to: string;
  /** Its folders become a file each. */
  readonly rooms?: Rooms;
  /**
   * The files that take another file's place where a contract doesn't need what it does: the file → another of the folder, with
   * the same exports.
   */
  readonly instead?: (model: Model) => Readonly<Record<string, string>>;
  /** Files of it that are needed without an import by the target's own: by its tests, by people. */
  readonly keeps: readonly string[];
}

/** The modules that lie in a file of their room, and which in that room's file in `later/`: by files of the target's own. */
export interface Rooms {
  /** The files that are loaded at start, with all that they load in turn. */
  readonly starts?: readonly string[];
  /** Files whose own imports lie there too: a program may load them when it starts, and should pay little for it. */
  readonly entries?: readonly string[];
}

/** Texts of the tool by their path in the folder that a target embeds. */
export type Embedded = Readonly<Record<string, string>>;

/** A pure function from the model to files: no file system, clock, environment, or other target. */
export interface Target {
  readonly name: string;
  /** For `--help`: what it writes. */
  readonly describes: string;
  /** Few projects need it: it is made where this file or folder of it is there already, or when it is asked for by name. */
  readonly onRequest?: string;
  readonly generate: (model: Model, embedded?: Embedded) => readonly OutputFile[] | Promise<readonly OutputFile[]>;
  /** A folder of the tool whose files the target puts into its own: read by the pipeline, given to `generate`. */
  readonly embeds?: string;
  /** Read and copied by the pipeline, so that `generate` needs no file system. */
  readonly runtime?: readonly RuntimeFolder[];
}
