/* `program PIN NAME connect4|sock_ops MAP...` loads and pins a program that refers to the maps and does nothing
 * else, so that `prog show` has something to list beside maps that no object declared. */
#include "bpf-call.h"

#define MAX_MAPS 32

int cmd_program(int argc, char **argv)
{
	struct bpf_insn code[2 * MAX_MAPS + 2] = {0}, *next = code;
	char log[4096] = "";
	union bpf_attr attr = {.insns = (unsigned long)code, .license = (unsigned long)"Dual BSD/GPL",
			       .log_buf = (unsigned long)log, .log_size = sizeof(log), .log_level = 1};
	int fd;

	if (argc < 4 || argc - 4 > MAX_MAPS)
		return 2;
	for (int i = 4; i < argc; i++, next += 2) /* r1 = the map: two slots of eight bytes */
		*next = (struct bpf_insn){.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1,
					  .src_reg = BPF_PSEUDO_MAP_FD, .imm = open_pin(argv[i])};
	*next++ = (struct bpf_insn){.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 1};
	*next++ = (struct bpf_insn){.code = BPF_JMP | BPF_EXIT};
	attr.insn_cnt = next - code;
	strncpy(attr.prog_name, argv[2], sizeof(attr.prog_name) - 1);
	attr.prog_type = BPF_PROG_TYPE_SOCK_OPS;
	if (!strcmp(argv[3], "connect4")) {
		attr.prog_type = BPF_PROG_TYPE_CGROUP_SOCK_ADDR;
		attr.expected_attach_type = BPF_CGROUP_INET4_CONNECT;
	}
	fd = bpf_call(BPF_PROG_LOAD, &attr);
	if (fd < 0)
		die("cannot load %s\n%s", argv[2], log);
	pin(fd, argv[1]);
	return 0;
}
