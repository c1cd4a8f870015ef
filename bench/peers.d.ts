/** The peers are installed only where they are measured (`bench/package.json`), so the compiler knows no more than its names. */
declare module "valibot";
declare module "zod";
