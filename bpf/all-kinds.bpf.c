// A type of every kind that BTF has, in maps whose keys and values hold them: enumerations of 32 and 64 bits with and
// without sign, flags, tags, a float, a function pointer, bit fields across bytes, unions and structs without names.
#include "common.h"

#define decl_tag(text) __attribute__((btf_decl_tag(text)))
#define type_tag(text) __attribute__((btf_type_tag(text)))

enum verdict { PASS, DROP = 5, REDIRECT = 0x7fffffff };
enum signedness { BELOW = -2, LEVEL = 0, ABOVE = 1 };
enum mode { MODE_READ = 1, MODE_WRITE = 2, MODE_EXEC = 4, MODE_SYNC = 0x80 };
enum wide { WIDE_SMALL = 1, WIDE_LARGE = 0x123456789abcdefULL };
enum wide_signed { WIDE_BELOW = -0x123456789abcdefLL, WIDE_ABOVE = 1 };
enum __attribute__((packed)) narrow { NARROW_A, NARROW_B = 200 };

struct only_declared;
union only_declared_union;
typedef __u64 counter_t;
typedef const volatile counter_t *watched_t;
typedef int (*callback_t)(struct only_declared *owner, const char *name, ...);

struct point {
	__s16 x, y;
} decl_tag("plane");

struct node {
	struct node *next;
	struct point at;
};

struct sample {
	__s8 signed_byte;
	__u8 byte;
	__s16 signed_short;
	__u32 word;
	__s64 signed_long;
	__u64 large;
	_Bool on;
	_Bool off;
	char letter;
	char label[14];
	char raw[4];
	enum verdict verdict;
	enum verdict other_verdict;
	enum signedness signedness;
	enum mode flags;
	enum mode some_flags;
	enum wide wide;
	enum wide_signed wide_signed;
	enum narrow narrow;
	struct {
		unsigned low : 3;
		unsigned middle : 7;
		int negative : 5;
		unsigned : 5;
		unsigned high : 12;
		__u64 long_bits : 37;
	};
	union {
		__u32 v4;
		__u8 v6[16];
		struct point point;
	} address;
	struct point points[2];
	__u16 grid[2][3];
	void *pointer;
	struct only_declared *owner;
	union only_declared_union *choice;
	char *restrict text;
	int type_tag("user") *tagged;
	callback_t callback;
	watched_t watched;
	struct node list;
	__int128 huge;
	float ratio; /* bpftool 7.1 cannot print it, and stops here */
	double precise;
	__u8 empty[0];
};

struct holes {
	__u8 first;
	__u64 second;
	__u8 third : 3;
	__u32 fourth;
	struct {
		__u16 inner;
		__u64 wide;
	} nested[3];
	__u8 last;
};

struct packed {
	__u8 tag;
	__u32 value;
	__u16 rest;
} __attribute__((packed));

struct aligned {
	__u32 one;
	__u32 two __attribute__((aligned(16)));
};

MAP(samples, HASH, struct point, struct sample, 8, 0);
MAP(with_holes, ARRAY, __u32, struct holes, 100, 0);
MAP(of_packed, HASH, struct packed, struct aligned, 4, BPF_F_NO_PREALLOC);

volatile enum verdict last_verdict decl_tag("state");
static volatile __u64 hits;

static __noinline int choose(struct sample *sample decl_tag("input"))
{
	return sample->verdict == DROP && sample->wide == WIDE_LARGE;
}

SEC("socket")
int all_kinds(struct __sk_buff *ctx)
{
	struct point key = {1, 2};
	__u32 zero = 0;
	struct packed other = {.tag = 1};
	struct sample *found = bpf_map_lookup_elem(&samples, &key);

	hits++;
	last_verdict = found ? found->verdict : PASS;
	bpf_map_lookup_elem(&with_holes, &zero);
	bpf_map_lookup_elem(&of_packed, &other);
	return found ? choose(found) : 0;
}
