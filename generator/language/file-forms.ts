/** A form of files that a client reads configuration and answers from. */
interface FileForm {
  /** The endings that promise it, the usual one first. */
  readonly endings: readonly string[];
  /** Nothing but texts can stand there, so that a number is its usual spelling. */
  readonly textsOnly: boolean;
  /** The whole file is one value, and there are no keys. */
  readonly oneText: boolean;
  /**
   * The function of the client's runtime that changes one key of a state file; nothing: the state file's usual form, which is
   * written whole.
   */
  readonly edit: string | undefined;
  /** Nobody but its owner writes it: comments stand anywhere in it, so that no answer is kept there. */
  readonly readOnly?: true;
  /** A key next to others. In some forms no name has a colon, and a section's own keys stay together. */
  readonly beside: (key: string, first: string) => string;
}

const asIs = (key: string) => key;

/** Every form, in the order of the reference page. To add one: an entry here, and `<name>Scalar` in the client's `config/<name>-scalar.ts`. */
export const FILE_FORMS = {
  json: { endings: ["json"], textsOnly: false, oneText: false, edit: undefined, beside: asIs },
  jsonc: { endings: ["jsonc"], textsOnly: false, oneText: false, edit: undefined, readOnly: true, beside: asIs },
  yaml: { endings: ["yaml", "yml"], textsOnly: false, oneText: false, edit: "editYaml", beside: asIs },
  toml: { endings: ["toml"], textsOnly: false, oneText: false, edit: "editToml", beside: asIs },
  ini: {
    endings: ["ini"],
    textsOnly: true,
    oneText: false,
    edit: "editIni",
    beside: (key, first) => `${first.slice(0, first.lastIndexOf(".") + 1)}${key.replaceAll(":", "-")}`,
  },
  text: { endings: ["txt"], textsOnly: true, oneText: true, edit: "editText", beside: asIs },
} as const satisfies Readonly<Record<string, FileForm>>;

export type FormName = keyof typeof FILE_FORMS;
export const FORM_NAMES = Object.keys(FILE_FORMS) as readonly FormName[];

/** Those that an answer can be kept in. */
export type StateForm = Exclude<FormName, "jsonc">;
export const STATE_FORMS = FORM_NAMES.filter((form): form is StateForm => !("readOnly" in FILE_FORMS[form]));

/** The form that a file's ending promises. */
export function endingForm(name: string): FormName | undefined {
  const ending = /\.([a-z]+)$/.exec(name)?.[1] ?? "";
  return FORM_NAMES.find((form) => (FILE_FORMS[form].endings as readonly string[]).includes(ending));
}

/** Returns whether nothing but texts can stand in a file. */
export function holdsTextsOnly(form: FormName | undefined): boolean {
  return form !== undefined && FILE_FORMS[form].textsOnly;
}
