/** A C struct as BTF lays it out: no more than where its fields begin. */

export interface StructLayout {
  /** Without `struct` and the underscore that protobuf-c of before 1.4 put before it. */
  readonly name: string;
  readonly size: number;
  /** Field name to byte offset; those of an anonymous union as if they stood beside it. */
  readonly offsets: Readonly<Record<string, number>>;
  readonly source: string;
}
