/** What is kept of bpftool's JSON: lists of maps and programs, dumps, and batches of them. */
import { policy } from "./json.ts";

export const BPFTOOL = policy(
  `id type name flags bytes_key bytes_value max_entries bytes_memlock frozen owner_prog_type owner_jited btf_id map_extra
   ifindex pinned pids pid comm error
   tag gpl_compatible loaded_at uid orphaned bytes_xlated jited bytes_jited map_ids run_time_ns run_cnt recursion_misses
   verified_insns attach_btf_obj_id
   elements values cpu inner_map_id command output`,
  { bytes: "key value" },
);
