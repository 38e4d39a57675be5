/* Makes maps of every type and fills them; what they refer to is made once and shared until let_go(). */
#include "make-map.h"
#include <linux/if_xdp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define CGRP_STORAGE 32 /* BPF_MAP_TYPE_CGRP_STORAGE, newer than many systems' headers */

static int keep[4096], kept; /* sockets and the like that must live until the map was measured */
static int inner_fd, btf_fd; /* 0: not made yet */
static unsigned inner_value;

static int hold(int fd)
{
	if (kept < 4096)
		keep[kept++] = fd;
	return fd;
}

void let_go(void)
{
	inner_fd = inner_value = btf_fd = 0;
	while (kept)
		close(keep[--kept]);
}

static int inner_map(unsigned value_size)
{
	union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = value_size, .max_entries = 1};

	if (!inner_fd || inner_value != value_size)
		inner_fd = hold(bpf_call(BPF_MAP_CREATE, &attr));
	inner_value = value_size;
	return inner_fd;
}

static int type_information(void)
{
	if (!btf_fd)
		btf_fd = hold(load_btf(8));
	return btf_fd;
}

int create_map(const struct row *row)
{
	union bpf_attr attr = {.map_type = row->type, .key_size = row->key, .value_size = row->value,
			       .max_entries = row->max, .map_flags = row->flags, .map_extra = row->extra,
			       .btf_vmlinux_value_type_id = row->vmlinux_type};
	int fd;

	switch (row->type) {
	case BPF_MAP_TYPE_SK_STORAGE:
	case BPF_MAP_TYPE_INODE_STORAGE:
	case BPF_MAP_TYPE_TASK_STORAGE:
	case CGRP_STORAGE:
		return create_storage(row->type, "grid", row->value);
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
		attr.inner_map_fd = inner_map(row->inner_value);
		break;
	case BPF_MAP_TYPE_STRUCT_OPS: /* wants type information of the loader's beside the kernel's */
		attr.btf_fd = type_information();
		break;
	}
	fd = bpf_call(BPF_MAP_CREATE, &attr);
	return fd < 0 ? -errno : fd;
}

static int cgroup_folder(void)
{
	static const char *const places[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};

	for (unsigned i = 0; i < sizeof(places) / sizeof(*places); i++) {
		char path[64];

		snprintf(path, sizeof(path), "%s/cgroup.controllers", places[i]);
		if (!access(path, F_OK))
			return hold(open(places[i], O_RDONLY | O_DIRECTORY));
	}
	errno = ENOENT;
	return -1;
}

/* What an entry of this type refers to: a descriptor, an interface, a queue's length. -1 when it cannot be had. */
static int referent(__u32 type)
{
	struct sockaddr_in any = {.sin_family = AF_INET};
	int fd;

	switch (type) {
	case BPF_MAP_TYPE_SOCKMAP:
	case BPF_MAP_TYPE_SOCKHASH: /* a bound datagram socket is in a state that a sock map takes */
		fd = hold(socket(AF_INET, SOCK_DGRAM, 0));
		return bind(fd, (struct sockaddr *)&any, sizeof(any)) ? -1 : fd;
	case BPF_MAP_TYPE_XSKMAP:
		return hold(socket(AF_XDP, SOCK_RAW, 0));
	case BPF_MAP_TYPE_DEVMAP:
	case BPF_MAP_TYPE_DEVMAP_HASH:
		return 1; /* the loopback interface */
	case BPF_MAP_TYPE_CPUMAP:
		return 64;
	case BPF_MAP_TYPE_CGROUP_ARRAY:
		return cgroup_folder();
	default:
		return -1;
	}
}

static int fill_referents(int fd, const struct bpf_map_info *info, unsigned long entries)
{
	unsigned char key[1024];
	__u64 value[8] = {0};

	for (unsigned long n = 0; n < entries; n++) {
		int what = referent(info->type);

		if (what < 0)
			return -errno;
		make_key(key, info, n);
		memcpy(value, &what, sizeof(what));
		if (map_update(fd, key, value))
			return -errno;
	}
	return 0;
}

/* In one call: each single update of a map of maps waits for an RCU grace period. */
static int fill_inner_maps(int fd, const struct bpf_map_info *info, const struct row *row)
{
	unsigned char *keys = calloc(row->entries, info->key_size);
	__u32 *inners = calloc(row->entries, sizeof(*inners)), inner = inner_map(row->inner_value);
	union bpf_attr attr = {.batch = {.keys = (unsigned long)keys, .values = (unsigned long)inners,
					 .count = row->entries, .map_fd = fd}};
	int error;

	for (unsigned long n = 0; n < row->entries; n++) {
		unsigned char key[1024];

		make_key(key, info, n);
		memcpy(keys + n * info->key_size, key, info->key_size);
		inners[n] = inner;
	}
	error = bpf_call(BPF_MAP_UPDATE_BATCH, &attr) ? -errno : 0;
	free(keys);
	free(inners);
	return error;
}

/* One entry of a storage that hangs on an object user space can name: this task, a cgroup. */
static int fill_storage(int fd, int owner, unsigned value_size)
{
	unsigned char *value = calloc(1, value_size);
	int error = owner < 0 || map_update(fd, &owner, value) ? -errno : 0;

	free(value);
	return error;
}

int fill_row(int fd, const struct row *row)
{
	struct bpf_map_info info = map_info(fd);

	if (!row->entries)
		return 0;
	switch (row->type) {
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
		return fill_inner_maps(fd, &info, row);
	case BPF_MAP_TYPE_TASK_STORAGE:
		return fill_storage(fd, hold(syscall(434 /* pidfd_open */, getpid(), 0)), row->value);
	case CGRP_STORAGE:
		return fill_storage(fd, cgroup_folder(), row->value);
	case BPF_MAP_TYPE_SOCKMAP:
	case BPF_MAP_TYPE_SOCKHASH:
	case BPF_MAP_TYPE_XSKMAP:
	case BPF_MAP_TYPE_DEVMAP:
	case BPF_MAP_TYPE_DEVMAP_HASH:
	case BPF_MAP_TYPE_CPUMAP:
	case BPF_MAP_TYPE_CGROUP_ARRAY:
		return fill_referents(fd, &info, row->entries);
	default:
		return fill_map(fd, 0, row->entries);
	}
}
