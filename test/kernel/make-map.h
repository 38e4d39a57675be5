/* Making and filling one map, as the helpers of the live tests do. */
#ifndef MAPSCOPE_MAKE_MAP_H
#define MAPSCOPE_MAKE_MAP_H
#include "../../scripts/live/bpf-call.h"

struct row {
	unsigned type, key, value, max, flags, inner_value, vmlinux_type;
	unsigned long long extra;
	unsigned long entries;
};

/* The fields of `struct row`, in the order of a line that asks for a map; 0 for "none". */
#define ROW_FORMAT "%u %u %u %u %u %llu %lu %u %u"
#define ROW_FIELDS(row)                                                                            \
	&(row).type, &(row).key, &(row).value, &(row).max, &(row).flags, &(row).extra,             \
		&(row).entries, &(row).inner_value, &(row).vmlinux_type
#define ROW_FIELD_COUNT 9

/* A descriptor, or a negative errno. */
int create_map(const struct row *row);
/* Puts in the entries that the row asks for; 0, or a negative errno. */
int fill_row(int fd, const struct row *row);
/* Closes what maps made so far refer to: inner maps, sockets, type information. */
void let_go(void);
#endif
