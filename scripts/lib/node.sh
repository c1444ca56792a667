# Small Node tools, pinned by scripts/npm/*/package-lock.json and installed in the cache.

node_path() {
    local hash
    hash=$(sha256sum "$SCRIPTS/npm/$1/package-lock.json" | cut -c1-12)
    printf '%s' "$CACHE/node/$1-$hash"
}

install_node() {
    local target=$1 name=$2
    rm -rf "$target"
    mkdir -p "$target"
    cp "$SCRIPTS/npm/$name/package.json" "$SCRIPTS/npm/$name/package-lock.json" "$target/"
    (cd "$target" && npm_config_cache=$CACHE/npm npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    rm -rf "$CACHE/npm"
    touch "$target/.ok"
}

have_node() { command -v node >/dev/null && command -v npm >/dev/null; }

# rtlcss turns style sheets round for right-to-left languages, playwright-core takes the screenshots.
ensure_node_tools() {
    NODE_TOOLS=$(node_path tools)
    mkdir -p "$CACHE/bin"
    PATH=$CACHE/bin:$PATH
    if ! have_node; then
        say "! node and npm are missing: right-to-left pages and PDFs (Arabic) keep left-to-right styles, ./dev shots cannot work."
        say "  Install nodejs 18 or newer with npm to have both."
        rm -f "$CACHE/bin/rtlcss"
        return
    fi
    if [ ! -f "$NODE_TOOLS/.ok" ]; then
        step "Node tools (rtlcss, playwright-core)" "Is a package registry reachable with 'npm view rtlcss'? Look at npm's settings." \
            install_node "$NODE_TOOLS" tools
    fi
    ln -sfn "$NODE_TOOLS/node_modules/.bin/rtlcss" "$CACHE/bin/rtlcss"
}
