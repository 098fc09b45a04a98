# Sourced by ./run and ./test: sets PYTHON, on a bare Debian after installing it.
usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
for PYTHON in python3 python3.13 python3.12 python3.11; do
    usable "$PYTHON" && return 0
done
PYTHON=python3
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Python ..."
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        python3 python3-venv >/dev/null
    usable "$PYTHON" && return 0
fi
echo "Python 3.11 or newer with venv is needed. On Debian: sudo apt-get install python3 python3-venv" >&2
echo "Then give the same command again." >&2
exit 1
