/** Where protobuf-c puts the fields of a message on a 64-bit host, and what each field refers to. */

export type FieldKind = "string" | "message" | "messages" | "strings";

export interface Field {
  readonly name: string;
  readonly offset: number;
  readonly kind: FieldKind;
  /** Of a message or messages: which. */
  readonly message?: string;
  /** Where the number of items stands (`size_t n_<name>`). */
  readonly countAt?: number;
  /** A member of a oneof is there only if this number stands there. */
  readonly when?: { readonly offset: number; readonly value: number };
}

export interface Message {
  readonly name: string;
  readonly size: number;
  /** Those that refer to something else, in the order of the struct. */
  readonly fields: readonly Field[];
  /** Every `oneof`: where its case stands and which there are, besides 0. */
  readonly cases: readonly { readonly offset: number; readonly values: readonly number[] }[];
}

/** A field as declared: its C type, or what it refers to. */
export type Declared =
  | readonly [name: string, type: "u32" | "u64" | "bool"]
  | readonly [name: string, type: "string"]
  | readonly [name: string, type: "message" | "messages", message: string]
  | readonly [name: string, type: "strings"]
  | readonly [name: string, type: "oneof", members: Readonly<Record<string, OneofMember>>];

export interface OneofMember {
  readonly number: number;
  readonly type: "string" | "message";
  readonly message?: string;
}

/** `ProtobufCMessage`: descriptor, count and list of unknown fields. */
const BASE_BYTES = 24;

/** Fields follow each other as C aligns them; a repeated one has its count (`size_t`) before it. */
export function message(name: string, declared: readonly Declared[]): Message {
  let at = BASE_BYTES;
  const fields: Field[] = [];
  const cases: { offset: number; values: number[] }[] = [];
  const place = (bytes: number) => {
    const offset = Math.ceil(at / bytes) * bytes;
    at = offset + bytes;
    return offset;
  };
  for (const it of declared) {
    const field = it[0];
    switch (it[1]) {
      case "u32":
      case "bool":
        place(4);
        break;
      case "u64":
        place(8);
        break;
      case "string":
        fields.push({ name: field, offset: place(8), kind: "string" });
        break;
      case "message":
        fields.push({ name: field, offset: place(8), kind: "message", message: it[2] });
        break;
      case "strings": {
        const countAt = place(8);
        fields.push({ name: field, offset: place(8), countAt, kind: "strings" });
        break;
      }
      case "messages": {
        const countAt = place(8);
        fields.push({ name: field, offset: place(8), countAt, kind: "messages", message: it[2] });
        break;
      }
      case "oneof": {
        const caseAt = place(4);
        const offset = place(8);
        const members = Object.entries(it[2]);
        cases.push({ offset: caseAt, values: members.map(([, member]) => member.number) });
        for (const [name, { number, type, message: inner }] of members) {
          const when = { offset: caseAt, value: number };
          const base = { name, offset, kind: type, when };
          fields.push(inner === undefined ? base : { ...base, message: inner });
        }
      }
    }
  }
  return { name, size: Math.ceil(at / 8) * 8, fields, cases };
}
