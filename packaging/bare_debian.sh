#!/bin/sh
# ./run twice and ./test on a bare Debian 12 (debootstrap minbase), from a fresh clone of this repository's HEAD.
# Needs root. Takes the mirror and the package index of this machine; nothing else comes with it.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d)
mirror=$(grep -rhoE '^[^#]*https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/debian* 2>/dev/null |
    grep -oE 'https?://[^ ]+' | head -1)
trap 'umount "$root/proc" "$root/dev" 2>/dev/null || true; rm -rf "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || { tail -5 "$root.log"; exit 1; }
rm -f "$root.log"
for file in /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/*registry* /etc/apt/apt.conf /etc/pip.conf /etc/resolv.conf /etc/hosts; do
    [ -e "$file" ] && cp -aL "$file" "$root$file"
done
# The package index this machine's pip is told to use, and the certificates it trusts.
mkdir -p "$root/root/.config/pip"
python3 -m pip config list 2>/dev/null | sed -n "s/^global\.\([a-z-]*\)='\(.*\)'$/\1 = \2/p" |
    { echo "[global]"; cat; } >"$root/root/.config/pip/pip.conf"
# python3-venv brings ca-certificates, which makes the bundle anew from these.
mkdir -p "$root/usr/local/share" && cp -a /usr/local/share/ca-certificates "$root/usr/local/share/" 2>/dev/null || true
[ -d /etc/ssl/certs ] && mkdir -p "$root/etc/ssl" && cp -aL /etc/ssl/certs "$root/etc/ssl/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
git clone -q "$here" "$root/work/valmentaja"
cat >"$root/work/go" <<'GO'
cd /work/valmentaja
timed() { begun=$(date +%s.%N); "$@"; code=$?; echo "== $* : exit $code, $(echo "$(date +%s%N) $begun" | awk '{printf "%.1f", $1/1e9-$2}') s"; }
timed ./run
timed ./run
timed ./test
GO
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    $(env | grep -iE '^(https?_proxy|no_proxy|pip_[a-z_]*|ssl_cert_file|requests_ca_bundle)=' || true) \
    chroot "$root" sh /work/go
