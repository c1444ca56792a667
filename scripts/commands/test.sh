# test [pytest arguments]        run the tests: Python, HTTP and browser tours
#
# Clones the template of the dependencies (no demo data), installs the addon, fails on any warning of that
# installation, then runs pytest. Without arguments all tests are run, and it fails when a test of the tree was
# skipped or never ran. With arguments they go to pytest:
#
#   ./dev test kam_kpi/tests/test_period.py
#   ./dev test -k attainment -x

cmd_test() {
    setup
    ensure_browser
    prepare_test_db "kam_test_$CHECKOUT"
    unlock
    run_pytest "kam_test_$CHECKOUT" "$@"
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

# run_pytest DB [pytest arguments]: paths may be relative to the caller's folder or to the repository.
run_pytest() {
    local db=$1 report=$LOGS/junit-$CHECKOUT.xml arguments=() argument path named=0 whole=0 rc=0
    shift
    [ $# -gt 0 ] || whole=1
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
    rm -f "$report"
    cd "$REPO"
    "$PY" -m pytest -p no:cacheprovider --odoo-config="$ODOO_CONF" --odoo-database="$db" --odoo-http --odoo-log-level=error \
        --rootdir="$REPO" --junitxml="$report" --disable-warnings -rs -q "${arguments[@]}" || rc=$?
    "$PY" "$SCRIPTS/check_tests.py" "$report" "$REPO/$MODULE" "$whole" || rc=1
    [ $rc -eq 0 ] || say "The tests failed."
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
