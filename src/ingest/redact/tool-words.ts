/** Words of the tools whose output is read, as they stand in it, one paragraph a tool; case means nothing. */
export const TOOL_WORDS = `
B K M G T Ki Mi Gi Ti KB kB MB GB TB KiB MiB GiB TiB b s ms us ns µs μs h d min m C U x

id type name flags key value max_entries memlock frozen owner owner_prog_type owner_jited jited not btf_id pinned pids
tag gpl gpl_compatible loaded_at uid xlated map_ids map map_id map_type map_name prog_id elements found element inner_map_id
error unknown unnamed bpftool dump show list lookup pretty prog program programs btf file vmlinux batch -j -jp -p --json
--pretty -f cpu values formatted libbpf using
get next open can by by: getting no such file or directory operation not permitted permission denied cannot allocate
memory invalid argument argument list too long device resource busy exists already does exist key many file files directories in system
space left on device supported error 524 entry ENOENT EPERM EACCES EINVAL ENOMEM E2BIG EBUSY ENOSPC read only bad descriptor pid iterator failed

unspec socket_filter kprobe sched_cls sched_act tracepoint xdp perf_event cgroup_skb cgroup_sock lwt_in lwt_out lwt_xmit
sock_ops sk_skb cgroup_device sk_msg raw_tracepoint cgroup_sock_addr lwt_seg6local lirc_mode2 sk_reuseport
flow_dissector cgroup_sysctl raw_tracepoint_writable cgroup_sockopt tracing struct_ops ext lsm sk_lookup syscall netfilter
SocketFilter SchedCls SchedAct TracePoint PerfEvent CgroupSkb CgroupSock LwtIn LwtOut LwtXmit SockOps SkSkb
CgroupDevice SkMsg RawTracepoint CgroupSockAddr LwtSeg6local LircMode2 SkReuseport FlowDissector CgroupSysctl
RawTracepointWritable CgroupSockopt StructOps Extension SkLookup
LRUHash LRUCPUHash LPMTrie ArrayOfMaps HashOfMaps DevMap SockMap CPUMap XSKMap SockHash CGroupArray CGroupStorage
ReusePortSockArray PerCPUCGroupStorage SkStorage DevMapHash StructOpsMap RingBuf InodeStorage TaskStorage BloomFilter
UserRingbuf PerCPUHash PerCPUArray ProgramArray PerfEventArray UnspecifiedMap Arena LRUPerCPUHash per_cpu_array per_cpu_hash
CgroupSockA RawTracepoi

RawTracepointWritable RawTracepoint TracingLink ID Period Avg Runtime ns Total Events sec second per CPU eBPF

Linux SMP PREEMPT PREEMPT_DYNAMIC PREEMPT_RT GNU x86_64 aarch64 arm64 amd64 riscv64 s390x ppc64le i686 generic cloud azure
aws gke microsoft standard WSL2 Debian Ubuntu openEuler CentOS Fedora AlmaLinux LTS SP1 SP2 SP3 SP4 UTC rt kernel release
version uname -r -a Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec

MemTotal MemFree MemAvailable Buffers Cached SwapCached Active Inactive anon Unevictable Mlocked SwapTotal SwapFree Zswap
Zswapped Dirty Writeback AnonPages Mapped Shmem KReclaimable Slab SReclaimable SUnreclaim KernelStack PageTables
SecPageTables NFS_Unstable Bounce WritebackTmp CommitLimit Committed_AS VmallocTotal VmallocUsed VmallocChunk Percpu
HardwareCorrupted AnonHugePages ShmemHugePages ShmemPmdMapped FileHugePages FilePmdMapped CmaTotal CmaFree Unaccepted Balloon
HugePages_Total HugePages_Free HugePages_Rsvd HugePages_Surp Hugepagesize Hugetlb DirectMap4k DirectMap2M DirectMap1G
total used free shared buff cache available Mem Swap

anon file rss rss_huge shmem mapped_file dirty writeback workingset_refault_anon workingset_refault_file swap swapcached
workingset_activate_anon workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim
pgpgin pgpgout pgfault pgmajfault pgrefill pgscan pgsteal pgactivate pgdeactivate pglazyfree pglazyfreed inactive_anon
active_anon inactive_file active_file unevictable hierarchical_memory_limit hierarchical_memsw_limit total_cache total_rss
total_rss_huge total_shmem total_mapped_file total_dirty total_writeback total_workingset_refault_anon
total_workingset_refault_file total_swap total_swapcached total_pgpgin total_pgpgout total_pgfault total_pgmajfault
total_inactive_anon total_active_anon total_inactive_file total_active_file total_unevictable kernel kernel_stack
pagetables sec_pagetables percpu sock vmalloc zswap zswapped file_mapped file_dirty file_writeback file_thp anon_thp shmem_thp
slab_reclaimable slab_unreclaimable slab memory.stat memory.kmem.usage_in_bytes memory.usage_in_bytes
memory.limit_in_bytes memory.kmem.limit_in_bytes memory.max_usage_in_bytes memory.kmem.max_usage_in_bytes
memory.kmem.slabinfo memory.current memory.max memory.peak memory.high memory.low memory.min memory.swap.current
memory.kmem.tcp.usage_in_bytes memory.memsw.usage_in_bytes memory.failcnt memory.kmem.failcnt

sys fs bpf cgroup unified tc globals xdp mnt proc dev usr var run etc opt bin lib
kubepods burstable besteffort guaranteed kubepods.slice kubepods-burstable.slice kubepods-besteffort.slice system.slice
user.slice init.scope kata_overhead kata-monitor.service containerd.service docker.service kubelet.service
Control Group Tasks %CPU Memory Input Output Input/s Path Proc Time

CONTAINER IMAGE CREATED STATE NAME ATTEMPT POD NAMESPACE MEM DISK INODES SWAP About an hour hours minute minutes day days
week weeks month months year years ago Running Exited Created CONTAINER_RUNNING CONTAINER_EXITED Less than a cgroupsPath
cri-containerd crio docker containerd info status state

kubectl describe inspect crictl ps systemd-cgtop top cat grep sort awk sed head tail ls find root localhost curl sudo jq -n -A
--containers -j NODE CPU% MEMORY% MEMORY cores bytes pod pods node nodes cpu memory limit limits request requests service services
endpoint endpoints workload workloads thread threads client clients connection connections policy policies replica replicas
concurrency qps rps mem lock
Roles Labels Annotations Conditions Addresses Capacity Allocatable System Info Machine Boot Kernel Version OS Image Operating
Architecture Container Kubelet Kube-Proxy PodCIDR PodCIDRs Non-terminated Pods in Namespace Requests Limits Age Allocated
resources Total may be over percent i.e. overcommitted Resource ephemeral-storage hugepages-1Gi hugepages-2Mi hugepages
Taints Unschedulable CreationTimestamp Events Hostname InternalIP ProviderID Lease none
kube-system kmesh-system istio-system default

NODENAME GADGETID GADGETNAME GADGETIMAGE PROGID PROGNAME PROGTYPE MAPMEMORY MAPCOUNT MAPC MAPCO COMMS COMM PIDS PID TIME %RELCPU
TYPE RUNTIME RUNCOUNT RUNCOU K8S.NODE K8S.NAMESPACE K8S.PODNAME K8S.CONTAINERNAME Kprobe Tracing CGroupSKB CGroupDevice
CGroupSockAddr CGroupSock SchedCLS SockOps progid comm processes mapMemory mapMemory_raw mapCount currentRunCount currentRuntime
totalRuntime totalRunCount cumulRuntime cumulRunCount k8s stats runtime runtime_raw runcount cpuTimeStr cpuUsage
cpuUsageRelative totalCpuUsage perCpuUsage kind gadgetID gadgetImage gadgetName progID progName progType comms nodeName

HELP TYPE UNIT counter gauge histogram summary untyped info EOF NaN Inf le quantile
map_group otel_scope_name otel_scope_version otel_scope_info operation operation_type node_name pod_name namespace container
container_name instance job image policy module result outcome reporter success failure entries max_entries value_size
key_size program_id program_type tcp udp bpfstats

modules kmesh.ko Read-only regular kmesh kmesh-daemon kmesh-cni daemon controller manage manager loader bpf time level info warning warn debug msg subsys
FLAG mode start with Normal Restart Update Enhanced start_type ads kernel-native dual-engine workload true false null
Remaining are insufficient and capacity expansion is required The remaining sufficient scale-in
collect_outter_map_scaleup_slots collect_outter_map_scalein_slots inner_map_create errno alloc_outter_map_entry all
inner_maps outter_map_insert outter_map_update outter_map_update_task outter_map_delete inner_map_scaleup inner_map_scalein
inner_map_mng_persist succeed malloc fopen inner_map_restore size restore_by_persist_stat inconsistent map_restore sem_init
outter must desc.name field handle fieldName len over str_max_len map entry too small alloc_map_in_map_entry inva invlid
MAP_ID create new migrate frontend backend ServiceUpdate cluster flush maglev lb update outer of kmesh_version Load
deserial_init cp depmod openat rlimit.RemoveMemlock err stdout stderr F P Listener Cluster RouteConfiguration

for the and of with on at is to as vs results result latency usage
before after step idle baseline load loaded created started deployed scaled up down about around one single total whole core
created host machine server vcpu node's limit overhead pod_overhead pod-overhead podoverhead debug_console_enabled enable_debug
sandbox_cgroup_only static_sandbox_resource_mgmt enabled disabled yes off
runc crun kata kata-containers containers runsc gvisor youki sysbox runtime

include define typedef struct union enum static const volatile unsigned signed char short int long void _Bool __attribute__
packed aligned sizeof __u8 __u16 __u32 __u64 __s8 __s16 __s32 __s64 __be16 __be32 __be64 u8 u16 u32 u64 SEC maps
__uint __type __array pinning LIBBPF_PIN_BY_NAME key_size value_size max_entries map_flags inner_map_idx numa_node map_extra
BPF_F_NO_PREALLOC BPF_F_NO_COMMON_LRU BPF_F_NUMA_NODE BPF_F_RDONLY BPF_F_WRONLY BPF_F_RDONLY_PROG BPF_F_WRONLY_PROG
BPF_F_MMAPABLE BPF_F_INNER_MAP BPF_F_ZERO_SEED _Static_assert bpf_map_def

bpftool-version.txt struct-sizes.json map-show.json map-show.txt prog-show.json prog-show.txt link-show.json btf-show.json
memory-stat.txt meminfo.txt bpffs.txt kmesh.log crictl-ps.txt capture.json vmlinux.btf
capture mapscope-capture ok failed timed-out partial absent status lines scale of the daemon nothing maps journalctl take them
kubectl logs -n POD little big bookworm trixie 1 struct sizes link links log reason kernel's

anonymous NAME LB_POLICY CONNECT_TIMEOUT ADDRESS PORT FILTER_CHAINS ROUTE VIRTUAL_HOST DOMAINS ADDRESSES PROTOCOL STATUS HOSTNAME
VIPS SCOPE ACTION
`;
