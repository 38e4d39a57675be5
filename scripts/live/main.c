/* livemap: what the capture scenarios do to maps and bpftool has no command for. See each command's file. */
#include "bpf-call.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;
} commands[] = {
	{"fill", cmd_fill, "MAP FIRST COUNT"},
	{"drain", cmd_drain, "MAP FIRST COUNT"},
	{"scale-up", cmd_scale_up, "OUTER STEP VALUE_SIZE"},
	{"scale-in", cmd_scale_in, "OUTER STEP"},
	{"use", cmd_use, "OUTER COUNT"},
	{"storage", cmd_storage, "PIN NAME VALUE_SIZE"},
	{"program", cmd_program, "PIN NAME connect4|sock_ops MAP..."},
};

int main(int argc, char **argv)
{
	for (unsigned i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (argc > 2 && !strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	for (unsigned i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		fprintf(stderr, "livemap %s %s\n", commands[i].name, commands[i].arguments);
	return 2;
}
