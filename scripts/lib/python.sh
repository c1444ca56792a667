# The virtual environment, built from a lock that pins every package by version and hash.

# venv_path LOCK: each lock has its own environment, so checkouts with different locks can share a cache.
venv_path() {
    local hash
    hash=$(cat "$REPO/requirements/uv.lock" "$REPO/requirements/$1.lock" | sha256sum | cut -c1-12)
    printf '%s' "$CACHE/venv/$1-$hash"
}

find_python() {
    local python
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.10}; do
        if "$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null; then
            "$python" -c 'import venv, ensurepip' 2>/dev/null ||
                die "$python cannot make virtual environments." "On Debian: apt-get install python3-venv"
            printf '%s' "$python"
            return
        fi
    done
    die "No Python between 3.10 and 3.13 was found." "Install one (Debian: apt-get install python3 python3-venv) or set PYTHON to it."
}

build_venv() {
    local venv=$1 lock=$2 python=$3
    rm -rf "$venv"
    mkdir -p "$(dirname "$venv")"
    "$python" -m venv "$venv"
    local pip=("$venv/bin/python" -m pip install --disable-pip-version-check --quiet --require-hashes)
    export UV_CACHE_DIR=$CACHE/uv UV_NO_PROGRESS=1 UV_LINK_MODE=hardlink
    if ! { "${pip[@]}" -r "$REPO/requirements/uv.lock" &&
        "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"; }; then
        echo "uv could not install the packages; trying pip"
        "${pip[@]}" -r "$lock"
    fi
    rm -rf "$UV_CACHE_DIR"
    local binary
    for binary in "$venv"/lib/python3*/site-packages/pydf/bin/wkhtmltopdf; do
        [ ! -f "$binary" ] || chmod a+x "$binary"
    done
    touch "$venv/.ok"
}

ensure_python() {
    VENV=$(venv_path odoo)
    PY=$VENV/bin/python
    if [ ! -f "$VENV/.ok" ]; then
        local python
        python=$(find_python)
        step "Python packages" "Is a package index reachable with 'pip download uv'? Look at pip's and uv's settings." \
            build_venv "$VENV" "$REPO/requirements/odoo.lock" "$python"
    fi
    SITE=$(echo "$VENV"/lib/python3*/site-packages)
    PATH=$VENV/bin:$PATH
}

ensure_lint_python() {
    LINT_VENV=$(venv_path lint)
    [ -f "$LINT_VENV/.ok" ] && return
    local python
    python=$(find_python)
    step "Python packages for lint" "Is a package index reachable with 'pip download uv'?" \
        build_venv "$LINT_VENV" "$REPO/requirements/lint.lock" "$python"
}
