# soak [pytest arguments]        the property tests with 2,000 seeds each (KAM_SEEDS=N for another number)
#
# Takes long; ./dev test runs the same tests with a few fixed seeds.

# shellcheck source=/dev/null
. "$SCRIPTS/commands/test.sh"

cmd_soak() {
    export KAM_SEEDS=${KAM_SEEDS:-2000}
    setup
    ensure_browser
    prepare_test_db "kam_test_$CHECKOUT"
    unlock
    local rc=0
    run_pytest "kam_test_$CHECKOUT" -k property "$@" || rc=1
    "$PY" "$SCRIPTS/check_tests.py" "$REPO/$MODULE" 0 "$REPORT" || rc=1
    [ $rc -eq 0 ] || say "The tests failed."
    return $rc
}
