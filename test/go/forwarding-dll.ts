/**
 * A library for 64-bit Windows without any code: its one function is another library's. Wine lacks one that every program of Go's asks for
 * when it starts.
 */
export function forwardingDll(name: string, own: string, other: string): Buffer {
  const file = Buffer.alloc(0x400);
  const header = 0x40;
  const optional = header + 0x18;
  const section = optional + 0xf0;
  const [rva, raw] = [0x1000, 0x200];
  const text = (at: number, value: string) => void file.write(`${value}\0`, at, "latin1");
  const small = (at: number, value: number) => void file.writeUInt16LE(value, at);
  const large = (at: number, value: number) => void file.writeUInt32LE(value, at);
  const wide = (at: number, value: number) => void file.writeBigUInt64LE(BigInt(value), at);

  text(0, "MZ");
  large(0x3c, header);
  text(header, "PE\0");
  small(header + 4, 0x8664); // For x86-64, with one section; a library.
  small(header + 6, 1);
  small(header + 20, 0xf0);
  small(header + 22, 0x2022);
  small(optional, 0x20b);
  wide(optional + 24, 0x180000000); // Where it would like to be, and how its parts are aligned.
  large(optional + 32, rva);
  large(optional + 36, raw);
  small(optional + 40, 6);
  small(optional + 48, 6);
  large(optional + 56, 2 * rva);
  large(optional + 60, raw);
  small(optional + 68, 3);
  for (const [at, size] of [0x100000, 0x1000, 0x100000, 0x1000].entries()) wide(optional + 72 + 8 * at, size);
  large(optional + 108, 16);
  large(optional + 112, rva); // The first of its directories is what it exports.
  large(optional + 116, 0x100);

  text(section, ".edata");
  for (const [at, value] of [raw, rva, raw, raw].entries()) large(section + 8 + 4 * at, value);
  large(section + 36, 0x40000040);

  // One function, by one name. That its address lies within the directory says that it is a name, too.
  const directory = [0x40, 1, 1, 1, 0x28, 0x2c, 0x30];
  for (const [at, value] of directory.entries()) large(raw + 12 + 4 * at, value === 1 ? 1 : rva + value);
  large(raw + 0x28, rva + 0x80);
  large(raw + 0x2c, rva + 0x60);
  text(raw + 0x40, name);
  text(raw + 0x60, own);
  text(raw + 0x80, other);
  return file;
}
