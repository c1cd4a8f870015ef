import type { JsonValue } from "../../model/json-schema.js";

/** One vocabulary for all languages, with what else each word is called. The client says the word; what travels is the contract's. */
const ALSO: Readonly<Record<"os" | "arch", Readonly<Record<string, readonly string[]>>>> = {
  os: {
    linux: ["gnulinux"],
    darwin: ["macos", "mac", "osx", "macosx"],
    win32: ["windows", "win", "windowsnt"],
    freebsd: [],
    openbsd: [],
    netbsd: [],
    sunos: ["solaris", "illumos"],
    aix: [],
    android: [],
  },
  arch: {
    x64: ["amd64", "x8664"],
    arm64: ["aarch64"],
    ia32: ["x86", "i386", "i686", "386"],
    arm: ["armv7", "armv7l", "arm32", "armhf"],
    ppc64: ["ppc64le", "powerpc64"],
    s390x: [],
    riscv64: [],
    loong64: ["loongarch64"],
    mips: [],
    mipsel: ["mipsle"],
  },
};

/** The word of the vocabulary → the value of a closed set that means the same, where it is spelt in another way. */
export function machineWords(of: "os" | "arch", values: readonly JsonValue[] = []): Readonly<Record<string, string>> {
  const plain = (value: string) => value.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const texts = values.filter((value): value is string => typeof value === "string");
  const spelt = Object.entries(ALSO[of]).flatMap(([word, others]): readonly (readonly [string, string])[] => {
    if (texts.includes(word)) return [];
    const found = [word, ...others].flatMap((one) => texts.filter((value) => plain(value) === one))[0];
    return found === undefined ? [] : [[word, found]];
  });
  return Object.fromEntries(spelt);
}
