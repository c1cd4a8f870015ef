/**
 * Whether a real part (a database, a kernel's feature) is missing. In CI that is a failure; elsewhere the tests that need it are
 * left out, and it is said.
 */
export function isMissing(part: string, isThere: boolean): boolean {
  if (isThere) return false;
  if (process.env.CI === "true") throw new Error(`${part} is missing here, and CI has to have it`);
  console.warn(`Left out what needs ${part}: it is not here.`);
  return true;
}
