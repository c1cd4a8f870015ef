/** A YAML scalar that is read back as this text, in flow form too. */
export function scalar(text: string): string {
  const plain = /^[A-Za-z_][\w-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
