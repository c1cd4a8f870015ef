/** It contains nothing that is special in a shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A variable that is set, as a line for a shell. What it would read otherwise than it stands there is quoted. */
export function shellVariable(name: string, value: string | number | boolean): string {
  const text = String(value);
  return /^[\w@%+=:,./-]*$/.test(text) ? `${name}=${text}` : `${name}=${shellQuoted(text)}`;
}
