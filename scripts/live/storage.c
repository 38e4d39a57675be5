/* `storage PIN NAME VALUE_SIZE` makes and pins a sk_storage map: those need type information, which bpftool's
 * `map create` cannot give. */
#include "bpf-call.h"
#include <linux/btf.h>

#define INFO(kind, length) ((kind) << 24 | (length))

/* An int key (type 1) and a value of `size` bytes (type 4: struct of an array of char). */
int load_btf(__u32 size)
{
	static const char strings[] = "\0int\0char\0value\0bytes";
	struct {
		struct btf_header header;
		__u32 types[4 + 4 + 6 + 6];
		char strings[sizeof(strings)];
	} blob = {
		.header = {.magic = BTF_MAGIC, .version = 1, .hdr_len = sizeof(struct btf_header),
			   .type_len = sizeof(blob.types), .str_off = sizeof(blob.types),
			   .str_len = sizeof(strings)},
		.types = {1, INFO(BTF_KIND_INT, 0), 4, BTF_INT_SIGNED << 24 | 32,
			  5, INFO(BTF_KIND_INT, 0), 1, 8,
			  0, INFO(BTF_KIND_ARRAY, 0), 0, 2, 1, size,
			  10, INFO(BTF_KIND_STRUCT, 1), size, 16, 3, 0},
	};
	union bpf_attr attr = {.btf = (unsigned long)&blob,
			       .btf_size = sizeof(blob.header) + sizeof(blob.types) + sizeof(strings)};
	int fd;

	memcpy(blob.strings, strings, sizeof(strings));
	fd = bpf_call(BPF_BTF_LOAD, &attr);
	if (fd < 0)
		die("cannot load type information");
	return fd;
}

/* Makes a storage map of any of the four kinds that need BTF; negative errno on failure. */
int create_storage(__u32 type, const char *name, __u32 value_size)
{
	union bpf_attr attr = {.map_type = type, .key_size = 4, .value_size = value_size,
			       .map_flags = BPF_F_NO_PREALLOC, .btf_fd = load_btf(value_size),
			       .btf_key_type_id = 1, .btf_value_type_id = 4};
	int fd;

	strncpy(attr.map_name, name, sizeof(attr.map_name) - 1);
	fd = bpf_call(BPF_MAP_CREATE, &attr);
	close(attr.btf_fd);
	return fd < 0 ? -errno : fd;
}

int cmd_storage(int argc, char **argv)
{
	int fd = argc == 4 ? create_storage(BPF_MAP_TYPE_SK_STORAGE, argv[2], strtoul(argv[3], 0, 0)) : -EINVAL;

	errno = -fd;
	if (fd < 0)
		die("cannot make the storage map");
	pin(fd, argv[1]);
	return 0;
}
