/** What we are measured against is installed only where it is measured (`bench/package.json`), so the compiler knows no more than its names. */
declare module "valibot";
declare module "zod";
