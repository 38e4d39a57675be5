import fc from "fast-check";
import { expect, test } from "vitest";
import { IdOrder } from "../../src/ingest/id-order.ts";

const anyIds = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(Number.NaN)));

test("every id once, rising, by its first row; ids that are not there are not found", () => {
  fc.assert(
    fc.property(anyIds, (ids) => {
      const order = new IdOrder({ id: Float64Array.from(ids), rows: ids.length });
      const expected = [...new Set(ids.filter((id) => !Number.isNaN(id)))].sort((a, b) => a - b);
      const places = Array.from({ length: order.length }, (_, place) => place);
      expect(places.map((place) => order.id(place))).toEqual(expected);
      expect(places.map((place) => order.row(place))).toEqual(
        expected.map((id) => ids.indexOf(id)),
      );
      for (let id = -1; id < 42; id += 1) expect(order.has(id)).toBe(ids.includes(id));
      expect(order.has(Number.NaN)).toBe(false);
    }),
  );
});
