/** Copies as members of a tar archive (POSIX.1-1988, long names by pax); no clock and no owner is in it. */
import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Paths, type RedactedOutput } from "./output.ts";

const BLOCK = 512;
const NAME_BYTES = 100;

export class TarOutput implements RedactedOutput {
  readonly #file: FileHandle;
  readonly #path: string;
  /** Where the archive goes when it is packed; it is written beside it first. */
  readonly #packed: string | undefined;
  readonly #paths = new Paths();
  #at = 0;

  private constructor(file: FileHandle, path: string, packed?: string) {
    this.#file = file;
    this.#path = path;
    this.#packed = packed;
  }

  static async open(path: string, isPacked: boolean): Promise<TarOutput> {
    const own = isPacked ? `${path}.part` : path;
    return new TarOutput(await open(own, "wx"), own, isPacked ? path : undefined);
  }

  async write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const name = this.#paths.unique(path);
    const start = this.#at;
    try {
      if (name.length > NAME_BYTES) await this.#writePax(name);
      const headerAt = this.#at;
      await this.#append(Buffer.alloc(BLOCK));
      let size = 0;
      for await (const piece of pieces) {
        await this.#append(piece);
        size += piece.length;
      }
      await this.#append(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK));
      // How long it is, is known only now.
      const header = headerOf(name.slice(0, NAME_BYTES), size, "0");
      await this.#file.write(header, 0, BLOCK, headerAt);
    } catch (error) {
      await this.#file.truncate(start);
      this.#at = start;
      throw error;
    }
  }

  async finish(): Promise<void> {
    await this.#append(Buffer.alloc(2 * BLOCK));
    await this.#file.close();
    if (this.#packed === undefined) return;
    const target = createWriteStream(this.#packed, { flags: "wx" });
    await pipeline(createReadStream(this.#path), createGzip(), target);
    await rm(this.#path);
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #writePax(name: string) {
    const record = paxRecord("path", name);
    await this.#append(headerOf("PaxHeaders/path", record.length, "x"));
    await this.#append(record);
    await this.#append(Buffer.alloc((BLOCK - (record.length % BLOCK)) % BLOCK));
  }

  async #append(bytes: Uint8Array) {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await this.#file.write(
        bytes,
        written,
        bytes.length - written,
        this.#at,
      );
      written += bytesWritten;
      this.#at += bytesWritten;
    }
  }
}

function headerOf(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, NAME_BYTES);
  block.write("0000644\u00000000000\u00000000000\0", 100);
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  else {
    // As GNU tar writes what octal digits cannot hold.
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write("00000000000\0", 136);
  block.fill(0x20, 148, 156);
  block.write(type, 156);
  block.write("ustar\u000000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** `27 path=some/long/name\n`: the length counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length;
  while (String(length).length + rest.length !== length) {
    length = String(length).length + rest.length;
  }
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
