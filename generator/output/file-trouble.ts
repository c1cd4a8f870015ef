const reasons: Readonly<Record<string, string>> = {
  EACCES: "may not be written",
  EPERM: "may not be written",
  EROFS: "is on a disk that can only be read",
  ENOSPC: "is on a disk that is full",
  EDQUOT: "is on a disk whose quota is used up",
  ENOTDIR: "has a file where a folder should be",
  EISDIR: "is a folder where a file should be",
  ENAMETOOLONG: "has a name that is too long for this disk",
};

/** Returns what is wrong with a file that could not be written, as half a sentence; undefined where the error isn't one that files have. */
export function fileTrouble(error: unknown): string | undefined {
  const { code = "" } = error as NodeJS.ErrnoException;
  return reasons[code] === undefined ? undefined : `${reasons[code]} (${code})`;
}
