/** `spec/systems/crash/events.yaml` and `../usage/events.yaml` → `spec/systems/usage/events.yaml`. */
export function fromFile(file: string, path: string): string {
  const folder = file.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") folder.pop();
    else if (part !== "." && part !== "") folder.push(part);
  }
  return folder.join("/");
}

/** The way from one folder to a file: `generated/systems/crash`, `TELEMETRY.md` → `../../../TELEMETRY.md`. */
export function fromFolder(folder: string, file: string): string {
  const [here, there] = [folder, file].map((path) => path.split("/").filter((part) => part !== "")) as [
    string[],
    string[],
  ];
  let same = 0;
  while (same < here.length && here[same] === there[same]) same++;
  return [...here.slice(same).map(() => ".."), ...there.slice(same)].join("/");
}
