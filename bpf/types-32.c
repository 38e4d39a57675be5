/* Types of a 32-bit kernel, as its modules have them: pointers and long of 4 bytes. Compiled for ARM, not for BPF. */
enum state { IDLE, BUSY = 7 };

struct entry {
	struct entry *next;
	unsigned long flags;
	unsigned long long bytes;
	char name[6];
	enum state state;
	int (*handler)(struct entry *, void *);
	unsigned int low : 3, high : 9;
};

struct table {
	struct entry *rows[3];
	char kind;
	long count;
};

long count_of(const struct table *table)
{
	return table->count;
}
