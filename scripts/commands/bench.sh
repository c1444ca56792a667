# bench [S | M | L]              measure the addon on a generated company (M: 5,000 accounts, 1,000,000 invoice lines)
#
# Generates the company once by size, installs the addon on a copy, and prints a table of CPU times and ratios to SQL
# written by hand for the same result. The figures that were taken are kept in docs/benchmarks.md.

cmd_bench() {
    local size=${1:-S}
    case $size in S | M | L) ;; *) die "There is no size '$size'." "The sizes are S, M and L." ;; esac
    setup
    ensure_template
    local documents=kam_bench_${size,,}_documents db=kam_bench_${size,,}_$CHECKOUT without with
    if ! db_exists "$documents"; then
        step "Company of size $size: generate (once)" "Mend what the log names." generate_company "$size" "$documents"
    fi
    step "Company of size $size: install $MODULE on a copy" "Mend what the log names." install_addon "$db" "$documents"
    step "Company of size $size: name key accounts" "Mend what the log names." bench_script prepare.py "$db" "$size"
    unlock
    without=$(bench_script posting.py "$documents" | tail -n 1)
    with=$(bench_script posting.py "$db" | tail -n 1)
    bench_script measure.py "$db" "$size" "$without" "$with"
    db_drop "$db"
}

generate_company() {
    local unfinished=$2_unfinished
    db_clone "$TEMPLATE" "$unfinished"
    bench_script generate.py "$unfinished" "$1" || return 1
    sql "$unfinished" ANALYZE
    db_rename "$unfinished" "$2"
}

bench_script() {
    local script=$1
    shift
    (cd "$CACHE/tmp" && "$PY" "$SCRIPTS/bench/$script" "$ODOO_CONF" "$@")
}
