# Places, progress and failures, shared by every command.

umask 022
export LANG=C.UTF-8 LC_ALL=C.UTF-8

if [ -n "${KAM_CACHE:-}" ]; then
    case $KAM_CACHE in /*) CACHE=$KAM_CACHE ;; *) CACHE=$CALLED_FROM/$KAM_CACHE ;; esac
elif [ "$(id -u)" = 0 ]; then
    CACHE=/var/cache/kam_kpi
else
    CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/kam_kpi
fi
LOGS=$CACHE/log

# Names of databases, configuration files and logs of this checkout carry this, so checkouts never meet.
CHECKOUT=$(printf '%s' "$REPO" | sha256sum | cut -c1-8)

# Bytecode goes to the cache, never beside the sources.
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PYTHONPYCACHEPREFIX=$CACHE/pycache PYTHONNOUSERSITE=1

say() { printf '%s\n' "$*" >&2; }

# die WHAT [WHAT TO DO…]: the reason on one line, the ways out below it.
die() {
    printf '\n\033[1mFailed:\033[0m %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do printf '  → %s\n' "$line" >&2; done
    exit 1
}

# attempt TITLE COMMAND…: runs the command with its output in a log, shows the title and the seconds it took, and
# leaves the exit code in ATTEMPT_RC. Never call it inside a condition: `set -e` would be off inside the command.
attempt() {
    local title=$1 start=$SECONDS
    shift
    mkdir -p "$LOGS"
    ATTEMPT_LOG=$LOGS/$(printf '%s' "$title" | tr -cs 'A-Za-z0-9\n' '-' | tr 'A-Z' 'a-z').$CHECKOUT.log
    printf '• %-58s' "$title" >&2
    set +e
    (set -e; "$@") >"$ATTEMPT_LOG" 2>&1
    ATTEMPT_RC=$?
    set -e
    if [ $ATTEMPT_RC -ne 0 ]; then
        printf ' failed\n' >&2
        tail -n 40 "$ATTEMPT_LOG" >&2
        return 0
    fi
    printf ' %4d s\n' $((SECONDS - start)) >&2
}

# step TITLE HINT COMMAND…: an attempt that ends everything with the hint when it fails.
step() {
    local title=$1 hint=$2
    shift 2
    attempt "$title" "$@"
    [ $ATTEMPT_RC -eq 0 ] || die "$title (the whole log: $ATTEMPT_LOG)" "$hint"
}

# One process at a time sets the cache up; daemons must be started with `9>&-`.
lock() {
    mkdir -p "$CACHE" 2>/dev/null || die "Cannot create the cache folder $CACHE." "Set KAM_CACHE to a folder you may write."
    [ -w "$CACHE" ] || die "The cache folder $CACHE is not yours to write." "Set KAM_CACHE to another folder."
    mkdir -p "$CACHE/tmp" "$LOGS"
    export TMPDIR=$CACHE/tmp
    exec 9>"$CACHE/lock"
    if ! flock -n 9; then
        say "• waiting for another ./dev that is setting things up"
        flock 9
    fi
}

unlock() { exec 9>&-; }

# Everything Odoo needs, in the order in which the parts need one another.
setup() {
    lock
    check_space
    ensure_python
    ensure_node_tools
    ensure_odoo
    ensure_pdf
    ensure_postgres
}

check_space() {
    local free
    free=$(df -Pk "$CACHE" | awk 'NR == 2 {print int($4 / 1024)}')
    [ -d "$CACHE/odoo-19" ] || [ "$free" -ge 3500 ] ||
        die "Only $free MB are free in $CACHE; the first set-up needs about 3500." "Free some space or set KAM_CACHE to a folder on another disk."
}

# Value of the option that the arguments start with: option_value "$@"
option_value() {
    [ $# -ge 2 ] && [ -n "$2" ] || die "$1 needs a value." "See ./dev COMMAND --help."
    printf '%s' "$2"
}

free_port() {
    "$PY" - "$1" <<'PYTHON'
import socket, sys
for port in range(int(sys.argv[1]), 65535):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('127.0.0.1', port))
        except OSError:
            continue
        print(port)
        break
PYTHON
}
