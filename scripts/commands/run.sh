# run [--db NAME] [--port N]     serve the demo on this machine
#
# The first call fetches everything into the cache and makes the demo database (some minutes); later calls start in
# seconds. When the addon's files have changed, the database is updated first. Ctrl-C stops the server.
#
#   --db NAME   another database; made with demo data when it does not exist
#   --port N    another port than 8069 (without it the next free one is taken)

cmd_run() {
    local db='' port=''
    while [ $# -gt 0 ]; do
        case $1 in
            --db) db=$(option_value "$@"); shift 2 ;;
            --port) port=$(option_value "$@"); shift 2 ;;
            *) die "run does not know '$1'." "See ./dev run --help." ;;
        esac
    done
    setup
    db=${db:-$(demo_name)}
    check_db_name "$db"
    ensure_demo "$db"
    local running
    if running=$(server_port "$db"); then
        say "A server runs already:"
        announce "$db" "$running"
        return
    fi
    port=$(choose_port "$port")
    serve "$db" "$port"
}

choose_port() {
    local wanted=${1:-8069} free
    case $wanted in *[!0-9]*) die "'$wanted' is no port." ;; esac
    free=$(free_port "$wanted")
    if [ -n "$1" ] && [ "$free" != "$1" ]; then
        die "Port $1 is taken." "Give another one with --port, or none to take the next free one."
    fi
    printf '%s' "$free"
}

serve() {
    trap stop_server EXIT
    trap 'exit 0' INT TERM
    say "• starting the server"
    start_server "$1" "$2"
    unlock
    announce "$1" "$2"
    say "Ctrl-C stops the server."
    wait "$SERVER_PID"
}

announce() {
    say ""
    say "  http://localhost:$2     (database $1)"
    say ""
    print_logins
    say ""
}
