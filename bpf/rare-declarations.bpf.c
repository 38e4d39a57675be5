// Declarations that few objects have: operations, kernel configuration, arena variables, typedef'd maps, calls of every
// kind, two programs in one section.
#include "common.h"

extern unsigned int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig;
extern char CONFIG_DEFAULT_HOSTNAME[7] __kconfig __weak;
extern const void bpf_prog_active __ksym __weak;

typedef struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, int);
	__type(value, long);
	__uint(max_entries, 7);
	__uint(numa_node, 1);
} small_hash;
small_hash numbers SEC(".maps");
struct {
	__uint(type, 33); /* arena; the address as __ulong() of newer headers writes it */
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 100);
	enum { address = 1ULL << 44 } map_extra;
} arena SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 5000);
} ring SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, int);
	__type(value, long);
	__uint(max_entries, 3);
} from_callback SEC(".maps");

int __attribute__((address_space(1))) in_arena = 7;
static int only_static SEC(".data.static");
int hidden __attribute__((visibility("hidden"))) = 3;

struct some_ops___v2 {
	unsigned int flags;
	void (*init)(void *);
	unsigned int (*threshold)(void *);
	char name[16];
};
SEC("struct_ops/init") void ops_init(void *context) {}
SEC("struct_ops/threshold") unsigned int ops_threshold(unsigned long long *context) { return 2; }
SEC(".struct_ops.link")
struct some_ops___v2 linked = {.init = (void *)ops_init, .threshold = (void *)ops_threshold, .name = "linked"};
SEC("?.struct_ops") struct some_ops___v2 on_request = {.threshold = (void *)ops_threshold, .name = "on_request"};

static __noinline long leaf(int key)
{
	long *found = bpf_map_lookup_elem(&numbers, &key);

	return found ? *found : key;
}
__noinline long middle(int key)
{
	return key < 0 ? leaf(key + 3) : leaf(key) + leaf(key + 1);
}
static long callback(void *map, void *key, void *value, void *context)
{
	return bpf_map_lookup_elem(&from_callback, key) == NULL;
}

SEC("?xdp") int calls(struct xdp_md *context)
{
	only_static++;
	return middle(context->data) + leaf(2) + hidden;
}
SEC("socket") int configured(struct __sk_buff *skb)
{
	bpf_for_each_map_elem(&numbers, callback, NULL, 0);
	bpf_ringbuf_reserve(&ring, 8, 0);
	return LINUX_KERNEL_VERSION + CONFIG_BPF_SYSCALL + (&bpf_prog_active != NULL) +
	       (CONFIG_DEFAULT_HOSTNAME ? CONFIG_DEFAULT_HOSTNAME[skb->len & 3] : 0);
}
SEC("tp_btf/first") int shared_section_1(void *context)
{
	in_arena++;
	return 0;
}
SEC("tp_btf/first") int shared_section_2(void *context)
{
	return 0;
}
