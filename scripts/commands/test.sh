# test [pytest arguments]        run the tests: Python, HTTP and browser tours
#
# Clones the template of the dependencies (no demo data), installs the addon, fails on any warning of that
# installation, then runs pytest. Without arguments all tests are run, and it fails when a test of the tree was
# skipped or never ran. With arguments they go to pytest:
#
#   ./dev test kam_kpi/tests/test_period.py
#   ./dev test -k attainment -x
#
# Test files which need modules that may be absent (scripts/neighbours) run after that, in a database which has them.

cmd_test() {
    local others=() near=() argument whole=0 rc=0 reports=()
    [ $# -gt 0 ] || whole=1
    [ $whole = 0 ] || WORKERS=$(workers)
    for argument in "$@"; do
        if needs_neighbours "$argument"; then near+=("$argument"); else others+=("$argument"); fi
    done
    # Options go along with files of both kinds, unless files of both kinds are named.
    if [ ${#near[@]} -gt 0 ] && ! names_a_file "${others[@]}"; then near=("$@") others=(); fi
    setup
    ensure_browser
    if [ ${#near[@]} -eq 0 ] || [ ${#others[@]} -gt 0 ]; then
        prepare_test_db "kam_test_$CHECKOUT"
        unlock
        run_pytest "kam_test_$CHECKOUT" "${others[@]}" || rc=1
        reports+=("$REPORT")
    fi
    if [ $whole = 1 ]; then
        for argument in $(neighbour_tests only) $(neighbour_tests both); do near+=("$MODULE/tests/$argument.py"); done
    fi
    if [ ${#near[@]} -gt 0 ]; then
        prepare_neighbours_db "kam_test_${CHECKOUT}_neighbours"
        NEIGHBOURS=1 run_pytest "kam_test_${CHECKOUT}_neighbours" "${near[@]}" || rc=1
        reports+=("$REPORT")
    fi
    "$PY" "$SCRIPTS/check_tests.py" "$REPO/$MODULE" "$whole" "${reports[@]}" || rc=1
    [ $rc -eq 0 ] || say "The tests failed."
    return $rc
}

# All tests are shared among processes, file by file, each with a copy of the database: one a core, no more than four.
workers() {
    local cores
    cores=$(nproc)
    echo $((cores > 4 ? 4 : cores))
}

prepare_neighbours_db() {
    lock
    ensure_template neighbours
    step "Test database with neighbours: install $MODULE" "Mend what the log names." install_addon "$1" "$TEMPLATE"
    fail_on_problems
    unlock
}

# The test files of a list in scripts/neighbours, one a line: "only" with neighbouring modules, or in "both" databases.
neighbour_tests() { sed -n "s/^$1: *//p" "$SCRIPTS/neighbours"; }

needs_neighbours() {
    local file=${1%%::*}
    case $file in -*) return 1 ;; esac
    neighbour_tests only | grep -qxF "$(basename "$file" .py)"
}

# Whether one of the arguments is a path.
names_a_file() {
    local argument
    for argument in "$@"; do
        case $argument in
            -*) ;;
            *) if [ -e "$CALLED_FROM/${argument%%::*}" ] || [ -e "$REPO/${argument%%::*}" ]; then return 0; fi ;;
        esac
    done
    return 1
}

# One run of the tests at a time in a checkout; other checkouts have other databases.
prepare_test_db() {
    local db=$1 saved=$CACHE/tmp/assets-$CHECKOUT
    exec 8>"$CACHE/conf/$CHECKOUT.lock"
    if ! flock -n 8; then
        unlock
        say "• waiting for another ./dev test of this checkout"
        flock 8
        lock
    fi
    find "$CACHE/tmp" -maxdepth 1 \( -name 'org.chromium.*' -o -name 'chromium*' -o -name 'tmp*' \) -mmin +600 -exec rm -rf {} +
    ensure_template
    save_assets "$db" "$saved"
    step "Test database: install $MODULE" "Mend what the log names." install_addon "$db" "$TEMPLATE"
    fail_on_problems
    step "Test database: build the web assets" "Mend the script or style sheet that the log names." build_assets "$db" "$saved"
}

fail_on_problems() {
    if log_problems "$ATTEMPT_LOG" >&2; then
        die "The installation logged the warnings above." "An installation must be silent: mend each of them."
    fi
}

# run_pytest DB [pytest arguments]: paths may be relative to the caller's folder or to the repository. Leaves the name of
# the report in REPORT. Unless NEIGHBOURS is set, files which need neighbouring modules are left out.
run_pytest() {
    local db=$1 arguments=() argument path named=0 rc=0
    REPORT=$LOGS/junit-$1.xml
    shift
    for argument in "$@"; do
        path=${argument%%::*}
        case $argument in
            -*) ;;
            *) if [ -e "$CALLED_FROM/$path" ]; then
                   argument=$CALLED_FROM/$argument named=1
               elif [ -e "$REPO/$path" ]; then
                   named=1
               fi ;;
        esac
        arguments+=("$argument")
    done
    [ $named = 1 ] || arguments+=("$MODULE")
    [ -z "${WORKERS:-}" ] || arguments+=(-n "$WORKERS" --dist loadfile)
    if [ -z "${NEIGHBOURS:-}" ]; then
        for path in $(neighbour_tests only); do arguments+=("--ignore=$REPO/$MODULE/tests/$path.py"); done
    fi
    rm -f "$REPORT"
    cd "$REPO"
    "$PY" -m pytest -p no:cacheprovider --odoo-config="$ODOO_CONF" --odoo-database="$db" --odoo-http --odoo-log-level=error \
        --rootdir="$REPO" --junitxml="$REPORT" --disable-warnings -rs -q "${arguments[@]}" || rc=$?
    return $rc
}

# Assets are named by their content, so those of the last run serve again where nothing changed.
save_assets() {
    local db=$1 saved=$2
    rm -rf "$saved"
    db_exists "$db" || return 0
    [ -d "$DATA_DIR/filestore/$db" ] || return 0
    mkdir -p "$saved"
    psql -d "$db" -qc "\\copy (SELECT name, type, url, public, store_fname, file_size, checksum, mimetype, res_model, res_id, company_id, create_uid FROM ir_attachment WHERE url LIKE '/web/assets/%' AND store_fname IS NOT NULL) TO '$saved/rows'" 2>/dev/null || {
        rm -rf "$saved"
        return 0
    }
    cp -al "$DATA_DIR/filestore/$db" "$saved/files" 2>/dev/null || rm -rf "$saved"
}

build_assets() {
    local db=$1 saved=$2
    if [ -f "$saved/rows" ]; then
        cp -aln "$saved/files/." "$DATA_DIR/filestore/$db/" 2>/dev/null || cp -an "$saved/files/." "$DATA_DIR/filestore/$db/"
        psql -d "$db" -qc "\\copy ir_attachment (name, type, url, public, store_fname, file_size, checksum, mimetype, res_model, res_id, company_id, create_uid) FROM '$saved/rows'"
        rm -rf "$saved"
    fi
    odoo shell -d "$db" --no-http --max-cron-threads=0 --log-level=warn <"$SCRIPTS/build_assets.py"
}
