/** A part of a path that is one in every language: some would take `..` away before they look, others would not. */
const PART = "(?!\\.{1,2}(?:[/\\\\]|$))[^/\\\\{}\\u0000-\\u001f]+";
const PARTS = `(?:${PART}[/\\\\])*${PART}`;

/** A file on a person's machine. */
export const PLACE = `^(?:~/|\\{app_dir\\}/(?:\\.\\./${PART}/)?|/|[A-Za-z]:[/\\\\])${PARTS}$`;

/** The same, or a name from the working directory, or what no file is: `configmap cozy-system/cozystack`. */
export const CONFIGURATION = `${PLACE}|^(?!~/|\\{app_dir\\}/|/|[A-Za-z]:[/\\\\])[^\\u0000-\\u001f]+$`;
