# shots [--user LOGIN] [--out DIR] [--width N] [--db NAME] [NAME… | all]     take screenshots of the named screens
#
# The screens stand in scripts/screens, one a line; without names it lists them. Uses the server that ./dev run
# started on the demo database, or starts one for the time it needs. Errors in the browser's console are shown and
# make it end with 1.
#
#   --user LOGIN   log in as this person instead of the one named for the screen
#   --out DIR      folder for the pictures (default: ./shots in the cache folder)
#   --width N      width of the window in pixels (default 1440; 390 is a phone)
#   --height N     height of the window in pixels (default 900; more shows the rest of a long form)

cmd_shots() {
    local user='' out='' width=1440 height=900 db='' names=()
    while [ $# -gt 0 ]; do
        case $1 in
            --user) user=$(option_value "$@"); shift 2 ;;
            --out) out=$(option_value "$@"); shift 2 ;;
            --width) width=$(option_value "$@"); shift 2 ;;
            --height) height=$(option_value "$@"); shift 2 ;;
            --db) db=$(option_value "$@"); shift 2 ;;
            -*) die "shots does not know '$1'." "See ./dev shots --help." ;;
            *) names+=("$1"); shift ;;
        esac
    done
    if [ ${#names[@]} -eq 0 ]; then
        grep -v '^#' "$SCRIPTS/screens"
        return
    fi
    out=${out:-$CACHE/shots}
    case $out in /*) ;; *) out=$CALLED_FROM/$out ;; esac
    setup
    have_node || die "Screenshots need node and npm." "Install nodejs 18 or newer with npm."
    ensure_browser
    db=${db:-$(demo_name)}
    check_db_name "$db"
    ensure_demo_for_shots "$db"
    mkdir -p "$out"
    BROWSER=$BROWSER NODE_TOOLS=$NODE_TOOLS node "$SCRIPTS/shots.mjs" "http://127.0.0.1:$PORT" "$out" "$width" "$height" "$user" \
        "$SCRIPTS/screens" "${names[@]}"
}

# Leaves the port in PORT. A server of our own ends with this command.
ensure_demo_for_shots() {
    if PORT=$(server_port "$1"); then
        [ "$(db_stamp "$1")" = "$(addon_hash)" ] || say "! The addon changed since the server on $1 started: you see the former state."
        unlock
        return
    fi
    ensure_demo "$1"
    PORT=$(free_port 8170)
    trap stop_server EXIT
    trap 'exit 1' INT TERM
    say "• starting a server for the screenshots"
    start_server "$1" "$PORT"
    unlock
}
