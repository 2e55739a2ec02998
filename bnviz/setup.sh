#!/bin/sh
# Set up the virtual environment that `make film` and `make test` run in.
#
#   sh bnviz/setup.sh EXTRA...       for example: sh bnviz/setup.sh voice test
#
# The extras are those of pyproject.toml (voice, slides, data, fonts-cjk, cluster, benchmark, docs, test), `browser`: the
# system's Chromium, and `office`: LibreOffice Impress, in which the tests open what is made to be opened in them.
# `again` looks at what is installed even if nothing has changed since, and mends what was changed by hand.
#
# Installs only what is missing. A second run finds its stamp and does nothing; a changed pyproject.toml or
# constraints.txt installs again; a set-up that was interrupted starts over. Never asks a question.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
venv=.venv
extras="" browser="" office="" again=""
for word; do
    case $word in
        browser) browser=yes ;;
        office) office=yes ;;
        again) again=yes ;;
        *) extras="$extras${extras:+ }$word" ;;
    esac
done

say() { printf '%s\n' "$*"; }
stop() { printf 'set-up stopped: %s\n' "$*" >&2; exit 1; }

# What apt-get and pip say when they reach nobody. What a server answers, or a wrong certificate, is not that.
unreached="temporary failure resolving|could not resolve|could not connect|cannot initiate the connection"
unreached="$unreached|unable to connect|connection failed|connection timed out"
unreached="$unreached|max retries exceeded|read timed out|total=0,.*connection broken by"

# Stop if the log says that $1 reached nobody.
stop_if_offline() {
    said=$(grep -v SSLError "$log" | grep -i -m 1 -E "$unreached") || return 0
    stop "there is no network: $1 reached none of the machines that it gets packages from. It said:
    ${said#"${said%%[! ]*}"}
Connect this machine (behind a proxy: set http_proxy and https_proxy), then run the same command again"
}

# --- the interpreter -------------------------------------------------------------------------------------

new_enough() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            say "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed, and neither ${PYTHON:-python3} nor python3.13, python3.12 or" \
        "python3.11 on the PATH is that. Install one, or name it: make film PYTHON=/path/to/python"
}

# --- the system's libraries ------------------------------------------------------------------------------

works() { "$@" >/dev/null 2>&1; }
browsing() { works command -v chromium && works command -v chromedriver; }
presenting() { works command -v soffice; }

# The Debian packages that are missing, found by trying out what each is needed for.
missing_packages() {
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    works "$python" -c 'import ensurepip, venv' || say "$version-venv"
    works "$python" -c 'import pathlib, sysconfig
assert pathlib.Path(sysconfig.get_path("include"), "Python.h").exists()' || say "$version-dev"
    works sh -c "command -v ${CC:-cc} || command -v gcc" || say "gcc libc6-dev"
    works pkg-config --version || say pkg-config
    works pkg-config --exists cairo || say libcairo2-dev
    works pkg-config --exists pangocairo || say libpango1.0-dev
    [ -z "$browser" ] || browsing || say "chromium chromium-driver"
    [ -z "$office" ] || presenting || say libreoffice-impress
}

install_packages() {
    update="apt-get update" install="apt-get install -y --no-install-recommends $*"
    command="$update && $install" as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        if works command -v sudo; then
            as_root="sudo -n" command="sudo $update && sudo $install"
        else
            command="su - -c '$command'"
        fi
        works sudo -n true || stop "these system packages are missing and only root may install them: $*
Run this, then try again:
    $command"
    fi
    works command -v apt-get || stop "these system packages are missing and there is no apt-get here: $*
On Debian or Ubuntu this command installs them; docs/install.md names their counterparts elsewhere:
    $command"
    say "installing system packages: $*"
    apt="$as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q"
    # Without a network `update` succeeds with warnings. With one it gets something, even if a source is broken.
    $apt -o Acquire::Retries=0 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15 update >"$log" 2>&1 ||
        apt_failed
    grep -q -E '^(Get|Hit):' "$log" || stop_if_offline apt-get
    # shellcheck disable=SC2086 # the options are words
    $apt ${install#apt-get } >"$log" 2>&1 || apt_failed
}

apt_failed() {
    stop_if_offline apt-get
    cat "$log" >&2
    stop "apt-get could not install them. The command was:
    $command"
}

# --- the virtual environment -----------------------------------------------------------------------------

# What the installed state depends on. The place is part of it: a moved environment has stale scripts.
wanted() { { printf '%s\n' "$here"; cat pyproject.toml constraints.txt; } | cksum; }

finished() {
    [ ! -e "$venv/unfinished" ] && works "$venv/bin/python" -c '' || return 1
    [ -z "$browser" ] || browsing || return 1
    [ -z "$office" ] || presenting || return 1
    for extra in $extras; do
        [ "$(cat "$venv/installed-$extra" 2>/dev/null)" = "$(wanted)" ] || return 1
    done
}

# Keep an environment that is whole and stands where it was made: then only the differences are installed.
usable() {
    [ ! -e "$venv/unfinished" ] && works "$venv/bin/python" -m pip --version &&
        grep -q "$here/$venv" "$venv/bin/activate" 2>/dev/null
}

works command -v timeout || timeout() { shift 2 && "$@"; }

# Run pip. Without a network its own word for what is wrong can be "conflicting dependencies".
get() {
    "$@" >"$log" 2>&1 && return
    stop_if_offline pip
    cat "$log" >&2
    ! grep -q SSLError "$log" || stop "the package index's certificate is not trusted here. Behind a proxy" \
        "that signs in its place, name its certificate, then run again: export PIP_CERT=/path/to/it.crt"
    stop "pip could not install the Python packages; what it said is above"
}

if [ -z "$again" ] && finished; then
    exit 0
fi

python=$(find_python)
# shellcheck disable=SC2046 # one word a package
set -- $(missing_packages)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM
[ $# -eq 0 ] || install_packages "$@"

if ! usable; then
    say "making the virtual environment $venv with $("$python" --version)"
    rm -rf "$venv"
    mkdir "$venv"
    : >"$venv/unfinished" # taken away at the very end: until then a next run starts over
    "$python" -m venv "$venv"
fi

: >"$venv/unfinished"
say "installing Python packages ($extras); the first time this takes a few minutes"
export PYTHONWARNINGS=ignore # setuptools warns about every editable install; errors are still seen
pip="$venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet -c constraints.txt"
# Asked with little patience first, so that a missing network shows within a minute; a slow one gets its time.
impatient="--dry-run --retries 1 --timeout 10"
# shellcheck disable=SC2086 # the options are words
timeout --foreground 50 $pip $impatient --upgrade pip >"$log" 2>&1 || stop_if_offline pip
get $pip pip
get $pip --editable ".[$(printf '%s' "$extras" | tr ' ' ',')]"
for extra in $extras; do
    wanted >"$venv/installed-$extra"
done
rm "$venv/unfinished"
