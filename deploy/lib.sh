# Shared by the scripts in deploy/ and Tests/: where things are and how they speak. Source it, don't run it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run_dir="$root/.run"
certificates="$run_dir/certificates"
build_flags=(-c release -Xswiftc -enable-testing) # one configuration for everything, so dependencies compile once
bin_dir="$root/.build/release"

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Debian packages that building, running and testing need.
debian_packages=(
    libssl-dev libprotobuf-c-dev libopenblas-dev libxgboost-dev zlib1g-dev libzstd-dev liblzma-dev
    pkg-config
    protobuf-c-compiler protobuf-compiler openssl curl python3 python3-pip python3-venv
)

# install_packages [PACKAGE...]: those, or the list above.
install_packages() {
    local missing=() package
    [ $# -gt 0 ] || set -- "${debian_packages[@]}"
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "these Debian packages are missing; install them and run this again:
  sudo apt-get update && sudo apt-get install -y ${missing[*]}"
        as_root=(sudo -n)
    fi
    say "installing Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq || die "apt-get cannot read its package lists: check the network and /etc/apt/sources.list"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null ||
        die "apt-get could not install ${missing[*]}: its message above says why"
}

# make_python_environment REQUIREMENTS FOLDER: FOLDER/venv with what the file lists, made anew when the file changes.
make_python_environment() {
    local requirements=$1 folder=$2
    command -v python3 >/dev/null || die "no python3 on the PATH: apt-get install python3 python3-venv"
    cmp -s "$requirements" "$folder/requirements.txt" && return
    say "installing ${requirements#"$root"/} into ${folder#"$root"/}/venv"
    mkdir -p "$folder"
    rm -rf "$folder/venv"
    python3 -m venv "$folder/venv" || die "python3 cannot make a virtual environment: apt-get install python3-venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" ||
        die "pip could not install ${requirements#"$root"/}: its message above says why; check the network"
    cp "$requirements" "$folder/requirements.txt"
}

require_swift() {
    command -v swift >/dev/null || die "no swift on the PATH: install Swift 6.2 or newer from https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -1)" = 6.2 ] || die "Swift $version is too old: Tocsin needs 6.2 or newer"
}

services=(parser embedding classifier edge)

# True while the service that deploy/up started under that name lives.
is_running() {
    local pid
    pid=$(cat "$run_dir/$1.pid" 2>/dev/null) || return 1
    [ "$(readlink "/proc/$pid/exe" 2>/dev/null | sed 's/ (deleted)$//')" = "$(readlink -f "$bin_dir/tocsin-$1")" ]
}
