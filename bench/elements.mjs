/** Parts of an element as bpftool -j prints it. */

/** `["0x00","0x00",…]` */
export function hexArray(count) {
  return `[${Array(count).fill('"0x00"').join(",")}]`;
}

/** What follows the bytes when the map has BTF: an endpoint as Kmesh's dual engine declares it. */
export const formatted =
  ',"formatted":{"key":{"service_id":3405691582,"prio":0,"backend_index":17},' +
  '"value":{"backend_uid":305419896,"addr":{"ip4":16843009,"ip6":[16843009,0,0,0]},"service_count":2,' +
  '"service":[1,2,0,0,0,0,0,0,0,0],"waypoint_addr":{"ip4":0,"ip6":[0,0,0,0]},"waypoint_port":0}}';
