#!/bin/sh
# Runs a capture scenario under another kernel in QEMU and unpacks what it saved.
#
#   run-in-guest.sh KERNEL_IMAGE SCENARIO OUT LIVEMAP [FOLDER_OF_OBJECTS]
#
# The guest is an initramfs of busybox, this machine's bpftool with its libraries, the helper and the scenario; it
# has no disk and no network. It has 2 CPUs of 8 possible ones. Emulation is in software, so a run takes minutes.
# Debian: apt-get install qemu-system-x86 busybox-static cpio; a kernel image without installing it:
#   apt-get download linux-image-6.1.0-NN-cloud-amd64 && dpkg-deb -x linux-image-*.deb kernel
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernel=$1 scenario=$2 out=$3 livemap=$4 objects=${5:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/bin" "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/live" "$root/objects"

bpftool=$(PATH=$PATH:/usr/sbin command -v bpftool)
for file in "$bpftool" $(ldd "$bpftool" | grep -o '/[^ ]*'); do
  mkdir -p "$root$(dirname "$file")"
  cp -L "$file" "$root$file"
done
cp -L "$(command -v busybox)" "$root/bin/busybox"
cp "$livemap" "$root/bin/livemap"
cp "$here"/*.sh "$root/live/"
[ -z "$objects" ] || cp "$objects"/*.o "$root/objects/"
cat > "$root/init" <<INIT
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin:/usr/bin:/sbin:/usr/sbin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev; mount -t tmpfs tmp /tmp
mkdir -p /sys/fs/bpf; mount -t bpf bpf /sys/fs/bpf
echo 3 > /proc/sys/kernel/printk
ulimit -n 20000; ulimit -l unlimited
OUT=/tmp/out PINS=/sys/fs/bpf/mapscope LIVEMAP=livemap OBJECTS=/objects sh /live/$scenario.sh
echo "guest: exit status \$?"
cp /sys/kernel/btf/vmlinux /tmp/out/vmlinux.btf 2>/dev/null
stty -F /dev/ttyS1 raw; tar -C /tmp/out -czf - . | base64 -w 120 > /dev/ttyS1
poweroff -f
INIT
chmod +x "$root/init"
(cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) > "$work/initrd"
timeout "${LIMIT:-1500}" qemu-system-x86_64 -machine q35,accel="${ACCEL:-tcg}" -cpu max -smp 2 \
  -m 2G -nodefaults -no-user-config -display none -serial "file:$work/log" -serial "file:$work/data" -no-reboot \
  -kernel "$kernel" -initrd "$work/initrd" -append "console=ttyS0 panic=-1 possible_cpus=8 quiet rcupdate.rcu_expedited=1" || true
cat "$work/log" >&2
grep -q '^guest: exit status 0' "$work/log" || { echo "the scenario failed in the guest" >&2; exit 1; }
mkdir -p "$out"
tr -d '\r' < "$work/data" | base64 -d | tar -C "$out" -xzf -
