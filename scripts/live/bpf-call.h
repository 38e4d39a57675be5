/* The bpf(2) commands that the live helpers need, as plain functions; they exit with a message on failure. */
#ifndef MAPSCOPE_BPF_CALL_H
#define MAPSCOPE_BPF_CALL_H
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define die(...)                                                                                   \
	do {                                                                                       \
		fprintf(stderr, "livemap: " __VA_ARGS__);                                          \
		fprintf(stderr, ": %s\n", strerror(errno));                                        \
		exit(1);                                                                           \
	} while (0)

static inline long bpf_call(int cmd, union bpf_attr *attr)
{
	return syscall(__NR_bpf, cmd, attr, sizeof(*attr));
}

static inline int open_pin(const char *path)
{
	union bpf_attr attr = {.pathname = (unsigned long)path};
	int fd = bpf_call(BPF_OBJ_GET, &attr);

	if (fd < 0)
		die("cannot open the pin %s", path);
	return fd;
}

static inline void pin(int fd, const char *path)
{
	union bpf_attr attr = {.pathname = (unsigned long)path, .bpf_fd = fd};

	if (bpf_call(BPF_OBJ_PIN, &attr))
		die("cannot pin at %s", path);
}

static inline struct bpf_map_info map_info(int fd)
{
	struct bpf_map_info info = {0};
	union bpf_attr attr = {
		.info = {.bpf_fd = fd, .info_len = sizeof(info), .info = (unsigned long)&info}};

	if (bpf_call(BPF_OBJ_GET_INFO_BY_FD, &attr))
		die("cannot read the map's info");
	return info;
}

static inline int map_by_id(__u32 id)
{
	union bpf_attr attr = {.map_id = id};
	int fd = bpf_call(BPF_MAP_GET_FD_BY_ID, &attr);

	if (fd < 0)
		die("cannot open map id %u", id);
	return fd;
}

static inline int map_update(int fd, const void *key, const void *value)
{
	union bpf_attr attr = {
		.map_fd = fd, .key = (unsigned long)key, .value = (unsigned long)value};

	return bpf_call(BPF_MAP_UPDATE_ELEM, &attr);
}

static inline int map_lookup(int fd, const void *key, void *value)
{
	union bpf_attr attr = {
		.map_fd = fd, .key = (unsigned long)key, .value = (unsigned long)value};

	return bpf_call(BPF_MAP_LOOKUP_ELEM, &attr);
}

static inline int map_delete(int fd, const void *key)
{
	union bpf_attr attr = {.map_fd = fd, .key = (unsigned long)key};

	return bpf_call(BPF_MAP_DELETE_ELEM, &attr);
}

/* `memlock:` of the descriptor's fdinfo: what bpftool prints as bytes_memlock. */
static inline unsigned long long fdinfo_memlock(int fd)
{
	char path[64], line[256];
	unsigned long long bytes = 0;
	int found = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	file = fopen(path, "r");
	if (!file)
		die("cannot read %s", path);
	while (fgets(line, sizeof(line), file))
		found |= sscanf(line, "memlock: %llu", &bytes) == 1;
	fclose(file);
	if (!found)
		die("%s has no memlock line", path);
	return bytes;
}

/* CPUs that per-CPU maps are sized by: `0-7` or `0-3,8-11`. */
static inline int possible_cpus(void)
{
	FILE *file = fopen("/sys/devices/system/cpu/possible", "r");
	int first, last, total = 0;
	char end;

	if (!file)
		die("cannot read the possible CPUs");
	while (fscanf(file, "%d", &first) == 1) {
		last = first;
		if (fscanf(file, "-%d", &last) < 0)
			last = first;
		total += last - first + 1;
		if (fscanf(file, "%c", &end) != 1 || end != ',')
			break;
	}
	fclose(file);
	return total;
}

static inline int is_percpu(__u32 type)
{
	return type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
}

static inline unsigned long round_up8(unsigned long bytes)
{
	return (bytes + 7) & ~7UL;
}

/* Room that user space needs for one value: all CPUs' copies of it on a per-CPU map. */
static inline unsigned long value_room(const struct bpf_map_info *info)
{
	unsigned long room = round_up8(info->value_size);

	return is_percpu(info->type) ? room * possible_cpus() : room;
}

int cmd_fill(int argc, char **argv);
int cmd_drain(int argc, char **argv);
int cmd_scale_up(int argc, char **argv);
int cmd_scale_in(int argc, char **argv);
int cmd_use(int argc, char **argv);
int cmd_storage(int argc, char **argv);
int cmd_program(int argc, char **argv);
int fill_map(int fd, unsigned long first, unsigned long count);
void make_key(unsigned char *key, const struct bpf_map_info *info, unsigned long n);
int create_storage(__u32 type, const char *name, __u32 value_size);
int load_btf(__u32 size);
#endif
