/** A command line that sends the example: the file's lines are the marker, the path, the content type, and the body. */
export function curlLine(example: string, origin: string): string {
  const [, path = "/", type = "", ...body] = example.trimEnd().split("\n");
  return `curl -i ${quoted(origin + path)} -H ${quoted(`content-type: ${type}`)} --data-binary ${quoted(body.join("\n"))}`;
}

/** Nothing in it is special to a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
