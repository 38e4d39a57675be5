/* `fill MAP FIRST COUNT` puts entries FIRST … FIRST+COUNT-1 into a pinned map; `drain` takes them out again. */
#include "bpf-call.h"

/* Key number `n`: distinct for every n that fits, the same on every run. */
void make_key(unsigned char *key, const struct bpf_map_info *info, unsigned long n)
{
	unsigned size = info->key_size;

	memset(key, 0, size);
	if (info->type == BPF_MAP_TYPE_LPM_TRIE) { /* full-length prefixes, so that no two are the same */
		__u32 bits = 8 * (size - 4);

		memcpy(key, &bits, 4);
		for (unsigned i = 0; i < 8 && i < size - 4; i++)
			key[size - 1 - i] = n >> (8 * i);
		return;
	}
	for (unsigned i = 0; i < size; i++)
		key[i] = i < sizeof(n) ? n >> (8 * i) : 0;
}

/* A value that is not all zero, with the entry's number in it. */
static void make_value(unsigned char *value, unsigned long room, unsigned long n)
{
	memset(value, 0, room);
	value[0] = 1 + n % 255;
	if (room > 8)
		value[8] = n >> 8;
}

int fill_map(int fd, unsigned long first, unsigned long count)
{
	struct bpf_map_info info = map_info(fd);
	unsigned char *key = malloc(info.key_size + 8), *value = malloc(value_room(&info) + 8);

	for (unsigned long n = first; n < first + count; n++) {
		int tries = 100;

		make_key(key, &info, n);
		make_value(value, value_room(&info), n);
		/* A map without preallocation refills its per-CPU reserve in the background: ENOMEM can pass. */
		while (map_update(fd, info.key_size ? key : NULL, value)) {
			if (errno != ENOMEM || !tries--)
				return -errno;
			usleep(1000);
		}
	}
	free(key);
	free(value);
	return 0;
}

int cmd_fill(int argc, char **argv)
{
	int error;

	if (argc != 4)
		return 2;
	error = fill_map(open_pin(argv[1]), strtoul(argv[2], 0, 0), strtoul(argv[3], 0, 0));
	errno = -error;
	if (error)
		die("cannot fill %s", argv[1]);
	return 0;
}

int cmd_drain(int argc, char **argv)
{
	int fd = argc == 4 ? open_pin(argv[1]) : -1;
	unsigned long first, count;
	unsigned char key[1024];
	struct bpf_map_info info;

	if (fd < 0)
		return 2;
	info = map_info(fd);
	first = strtoul(argv[2], 0, 0);
	count = strtoul(argv[3], 0, 0);
	for (unsigned long n = first; n < first + count; n++) {
		make_key(key, &info, n);
		if (map_delete(fd, key))
			die("cannot take entry %lu out of %s", n, argv[1]);
	}
	return 0;
}
