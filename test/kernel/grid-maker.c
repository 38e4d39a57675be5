/*
 * Makes the maps that lines on stdin ask for, one at a time, fills them, and prints what the kernel reports:
 *
 *   in:  TYPE KEY VALUE MAX_ENTRIES FLAGS MAP_EXTRA ENTRIES INNER_VALUE VMLINUX_TYPE    (numbers; 0 for "none")
 *   out: {"memlock":…,"maxEntries":…,"flags":…,"entries":…} or {"errno":…,"step":"create"|"fill"}
 *
 * Nothing is pinned; each map is gone before the next one is made.
 */
#include "make-map.h"

static void measure(const struct row *row)
{
	int fd = create_map(row), error = fd < 0 ? fd : fill_row(fd, row);
	struct bpf_map_info info;

	if (error) {
		printf("{\"errno\":%d,\"step\":\"%s\"}\n", -error, fd < 0 ? "create" : "fill");
	} else {
		info = map_info(fd);
		printf("{\"memlock\":%llu,\"maxEntries\":%u,\"flags\":%u,\"entries\":%lu}\n", fdinfo_memlock(fd),
		       info.max_entries, info.map_flags, row->entries);
	}
	if (fd >= 0)
		close(fd);
	let_go();
}

int main(void)
{
	struct row row;

	while (scanf(ROW_FORMAT, ROW_FIELDS(row)) == ROW_FIELD_COUNT)
		measure(&row);
	return 0;
}
