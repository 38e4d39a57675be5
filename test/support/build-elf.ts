/** Writes small ELF files for tests: sections of bytes in a 64-bit file of x86, as a kernel's modules are. */

const HEADER = 64;
const SECTION = 64;
const EM_X86_64 = 62;
const SHT_PROGBITS = 1;
const SHT_STRTAB = 3;

/** A little-endian file with these sections, in this order. */
export function buildElf(sections: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const names = ["", ...Object.keys(sections), ".shstrtab"];
  const texts = new TextEncoder().encode(`${names.join("\0")}\0`);
  const bodies = [...Object.values(sections), texts];
  const end = bodies.reduce((at, body) => at + body.length, HEADER);
  const headersAt = Math.ceil(end / 8) * 8;
  const bytes = new Uint8Array(headersAt + names.length * SECTION);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 1, true);
  view.setUint16(18, EM_X86_64, true);
  view.setUint32(40, headersAt, true);
  view.setUint16(58, SECTION, true);
  view.setUint16(60, names.length, true);
  view.setUint16(62, names.length - 1, true);
  let at = HEADER;
  let nameAt = 1;
  for (const [index, body] of bodies.entries()) {
    const header = headersAt + (index + 1) * SECTION;
    view.setUint32(header, nameAt, true);
    view.setUint32(header + 4, index === bodies.length - 1 ? SHT_STRTAB : SHT_PROGBITS, true);
    view.setUint32(header + 24, at, true);
    view.setUint32(header + 32, body.length, true);
    bytes.set(body, at);
    at += body.length;
    nameAt += (names[index + 1] ?? "").length + 1;
  }
  return bytes;
}
