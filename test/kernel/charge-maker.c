/*
 * Makes the sets of equal maps that lines on stdin ask for, each set by a process in a memory cgroup of its own, and
 * prints what each cgroup was charged for its set:
 *
 *   charge-maker PREFIX COUNTER      path that cgroups' folders begin with; file of a cgroup that has the charge
 *   in:  COUNT, then the fields of a row (make-map.h)
 *   out: {"held":"outer map"|"descriptors","charged":…,"percpu":…} or {"errno":…,"step":"create"|"hold"|"fill"}
 *
 * "charged" and "percpu" are bytes for the whole set; "percpu" is the rise of /proc/meminfo's Percpu meanwhile. A set is
 * held by an outer map where the type can be in one, so that no descriptor is charged with it; else by descriptors. All
 * sets live until all were measured, so that one wait is enough for everything that the kernel frees later.
 */
#define _GNU_SOURCE
#include "make-map.h"
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define BATCH 500
#define MOST_SETS 200

struct set {
	struct row row;
	int count;
	char folder[256];
	pid_t maker;
	int orders, answers; /* pipes to and from the maker */
	long long before, after, percpu;
	struct answer {
		int error, is_in_outer;
		char step[8];
	} made;
};

static struct set sets[MOST_SETS];
static const char *counter;

/* The number after `label` in a file of such lines; the number that the file begins with when there is no label. */
static long long number_in(const char *path, const char *label)
{
	FILE *file = fopen(path, "r");
	long long bytes = -1;
	char line[256];

	if (!file)
		die("cannot read %s", path);
	while (bytes < 0 && fgets(line, sizeof(line), file))
		if (!strncmp(line, label, strlen(label)))
			sscanf(line + strlen(label), "%lld", &bytes);
	fclose(file);
	if (bytes < 0)
		die("%s does not say what was looked for", path);
	return bytes;
}

static long long charge_of(const struct set *set)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", set->folder, counter);
	return number_in(path, strcmp(counter, "memory.stat") ? "" : "kernel ");
}

static long long percpu_bytes(void)
{
	return number_in("/proc/meminfo", "Percpu:") * 1024;
}

static void enter(const struct set *set)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/cgroup.procs", set->folder);
	file = fopen(path, "w");
	if (!file || fprintf(file, "%d\n", getpid()) < 0 || fclose(file))
		die("cannot enter %s", set->folder);
}

/* Grown before the first reading: a table of descriptors that grows later would be charged with the maps. */
static void grow_descriptor_table(int count)
{
	struct rlimit limit = {count + 256, count + 256};

	if (setrlimit(RLIMIT_NOFILE, &limit))
		die("cannot have %d descriptors", count + 256);
	close(dup2(0, count + 128));
}

static int outer_map(int template, int count)
{
	union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY_OF_MAPS, .key_size = 4, .value_size = 4,
			       .max_entries = count, .inner_map_fd = template};

	return bpf_call(BPF_MAP_CREATE, &attr);
}

/* In one call: each single update of a map of maps waits for an RCU grace period. */
static int put_in(int outer, unsigned first, unsigned count, const int *fds)
{
	__u32 keys[BATCH];
	union bpf_attr attr = {.batch = {.keys = (unsigned long)keys, .values = (unsigned long)fds, .count = count,
					 .map_fd = outer}};

	for (unsigned i = 0; i < count; i++)
		keys[i] = first + i;
	return bpf_call(BPF_MAP_UPDATE_BATCH, &attr);
}

static struct answer failed(const char *step, int error)
{
	struct answer answer = {.error = error};

	strcpy(answer.step, step);
	return answer;
}

static struct answer make_all(const struct set *set, int outer)
{
	struct answer done = {.is_in_outer = outer >= 0};
	int fds[BATCH];

	for (int made = 0, now; made < set->count; made += now) {
		now = set->count - made < BATCH ? set->count - made : BATCH;
		for (int i = 0; i < now; i++) {
			int error;

			fds[i] = create_map(&set->row);
			if (fds[i] < 0)
				return failed("create", -fds[i]);
			error = fill_row(fds[i], &set->row);
			if (error)
				return failed("fill", -error);
		}
		if (outer < 0)
			continue;
		if (put_in(outer, made, now, fds))
			return failed("hold", errno);
		for (int i = 0; i < now; i++)
			close(fds[i]);
	}
	return done;
}

/* The process in the cgroup: says when it is ready, makes the set when told to, answers, and lives until told to end. */
static void serve(const struct set *set, int orders, int answers)
{
	struct answer answer = {0};
	int template, outer;
	char order;

	enter(set);
	grow_descriptor_table(set->count);
	template = create_map(&set->row);
	if (template < 0)
		answer = failed("create", -template);
	outer = outer_map(template, set->count);
	if (write(answers, &answer, sizeof(answer)) < 0 || read(orders, &order, 1) != 1)
		_exit(1);
	answer = make_all(set, outer);
	if (write(answers, &answer, sizeof(answer)) < 0)
		_exit(1);
	_exit(read(orders, &order, 1) < 0);
}

static void hear(struct set *set)
{
	if (read(set->answers, &set->made, sizeof(set->made)) != sizeof(set->made))
		set->made = failed("create", ECHILD);
}

static void start(struct set *set, const char *prefix)
{
	int orders[2], answers[2];

	snprintf(set->folder, sizeof(set->folder), "%s%d", prefix, (int)(set - sets));
	if (mkdir(set->folder, 0755) || pipe(orders) || pipe(answers))
		die("cannot make %s", set->folder);
	set->maker = fork();
	if (!set->maker) {
		/* A pipe ends when nobody else has it open. */
		for (struct set *other = sets; other < set; other++) {
			close(other->orders);
			close(other->answers);
		}
		close(orders[1]);
		serve(set, orders[0], answers[1]);
	}
	close(orders[0]);
	close(answers[1]);
	set->orders = orders[1];
	set->answers = answers[0];
	hear(set);
}

static void make(struct set *set)
{
	long long before = percpu_bytes();

	if (set->made.error || write(set->orders, "m", 1) != 1)
		return;
	hear(set);
	set->percpu = percpu_bytes() - before;
}

static void stop(struct set *set)
{
	close(set->orders);
	close(set->answers);
	waitpid(set->maker, NULL, 0);
	for (int tries = 0; rmdir(set->folder) && tries < 100; tries++)
		usleep(20000);
}

/*
 * Until no charge has moved over five RCU grace periods: the directory entries of closed descriptors are freed after
 * one. memory.stat is brought up to date by the kernel every two seconds, a counter of its own at once.
 */
static void settle(int count)
{
	unsigned pause = strcmp(counter, "memory.stat") ? 50000 : 500000;
	long long last = -1;

	for (int same = 0, rounds = 0; same < 5 && rounds < 100; rounds++) {
		long long sum = 0;

		if (syscall(__NR_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0))
			usleep(100000);
		usleep(pause);
		for (int i = 0; i < count; i++)
			sum += charge_of(&sets[i]);
		same = sum == last ? same + 1 : 0;
		last = sum;
	}
}

/* Every CPU keeps up to a page of charge in hand; here it is one CPU for all. */
static void stay_on_this_cpu(void)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(sched_getcpu(), &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
}

static void print(const struct set *set)
{
	if (set->made.error)
		printf("{\"errno\":%d,\"step\":\"%s\"}\n", set->made.error, set->made.step);
	else
		printf("{\"held\":\"%s\",\"charged\":%lld,\"percpu\":%lld}\n",
		       set->made.is_in_outer ? "outer map" : "descriptors", set->after - set->before, set->percpu);
}

int main(int argc, char **argv)
{
	int count = 0;

	if (argc != 3)
		return 2;
	counter = argv[2];
	stay_on_this_cpu();
	while (count < MOST_SETS && scanf("%d", &sets[count].count) == 1 &&
	       scanf(ROW_FORMAT, ROW_FIELDS(sets[count].row)) == ROW_FIELD_COUNT)
		start(&sets[count++], argv[1]);
	settle(count);
	for (int i = 0; i < count; i++)
		sets[i].before = charge_of(&sets[i]);
	for (int i = 0; i < count; i++)
		make(&sets[i]);
	settle(count);
	for (int i = 0; i < count; i++)
		sets[i].after = charge_of(&sets[i]);
	for (int i = 0; i < count; i++)
		stop(&sets[i]);
	for (int i = 0; i < count; i++)
		print(&sets[i]);
	return 0;
}
