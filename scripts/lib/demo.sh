# The demo database: Odoo's demo data and the addon's own.

# demo_name: kam_demo, unless a checkout that still exists elsewhere has taken it.
demo_name() {
    local owner
    if db_exists kam_demo; then
        owner=$(db_owner kam_demo)
        if [ -n "$owner" ] && [ "$owner" != "$REPO" ] && [ -e "$owner/dev" ]; then
            printf 'kam_demo_%s' "$CHECKOUT"
            return
        fi
    fi
    printf 'kam_demo'
}

# ensure_demo DB: made when missing, updated when the addon's files changed.
ensure_demo() {
    local db=$1 hash
    hash=$(addon_hash)
    if ! db_exists "$db"; then
        ensure_template demo
        step "Database $db: install $MODULE with demo data" "Mend what the log names, then start again." install_demo "$db" "$TEMPLATE"
        show_problems
        db_set_stamp "$db" "$hash"
    elif [ "$(db_stamp "$db")" != "$hash" ]; then
        if server_port "$db" >/dev/null; then
            die "The addon changed and a server runs on $db." "Stop that server (Ctrl-C where it runs, or ./dev stop), then start again."
        fi
        step "Database $db: update $MODULE" "If the data cannot be kept: ./dev db drop $db, then start again." update_addon "$db"
        show_problems
        db_set_stamp "$db" "$hash"
    fi
}

# Odoo only notes that demo data failed and goes on; a demo without its data is no demo.
install_demo() {
    install_addon "$@"
    if [ "$(sql "$1" "SELECT demo FROM ir_module_module WHERE name = '$MODULE'")" != t ]; then
        echo "The demo data could not be loaded:"
        sql "$1" "SELECT error FROM ir_demo_failure"
        db_drop "$1"
        return 1
    fi
}

show_problems() {
    log_problems "$ATTEMPT_LOG" >&2 || true
}

print_logins() {
    local login role
    say "  Login       Password    Who"
    while IFS='|' read -r login role; do
        case $login in '' | \#*) continue ;; esac
        say "$(printf '  %-11s %-11s %s' "$login" "$login" "$role")"
    done <"$SCRIPTS/logins"
}
